namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>Finds one kind of thing in UTF-8, in time linear in the text. Digits and letters are those of ASCII; what stands around them may be any.</summary>
internal abstract class TextMatcher
{
    /// <summary>The first match that begins at or after a position; what lies before the position still counts as its surroundings.</summary>
    public abstract bool TryFind(ReadOnlySpan<byte> text, int from, out Range match);

    public static TextMatcher? Of(RedactedKind kind) => kind switch
    {
        RedactedKind.Email => new EmailMatcher(),
        RedactedKind.Phone => new PhoneMatcher(),
        RedactedKind.CreditCard => new CreditCardMatcher(),
        RedactedKind.IpAddress => new IpAddressMatcher(),
        RedactedKind.Secret => new SecretMatcher(),
        _ => null,
    };
}
