namespace Plumbline.Otlp.Redaction;

/// <summary>Takes what must not be stored out of a text.</summary>
public interface IRedactor
{
    /// <summary>Whether there was something to take out of valid UTF-8; <paramref name="redacted"/> is then what is left, valid UTF-8, good
    /// until this thread redacts again.</summary>
    bool TryRedact(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> redacted);
}
