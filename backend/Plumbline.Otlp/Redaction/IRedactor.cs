namespace Plumbline.Otlp.Redaction;

/// <summary>Takes what must not be stored out of a text. Nothing hides from it behind the escapes of JSON or of a URL, and JSON stays JSON.</summary>
public interface IRedactor
{
    /// <summary>Whether there was something to take out of valid UTF-8; <paramref name="redacted"/> is then what is left, valid UTF-8, good
    /// until this thread redacts again.</summary>
    bool TryRedact(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted);

    /// <summary>As <see cref="TryRedact(ReadOnlySpan{byte}, out ReadOnlySpan{byte})"/>, of the value of a member or an attribute: its name may
    /// tell what it is, as <c>password</c> does.</summary>
    /// <param name="name">The name, redacted itself.</param>
    bool TryRedact(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted);
}
