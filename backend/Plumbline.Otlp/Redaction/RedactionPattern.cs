namespace Plumbline.Otlp.Redaction;

/// <summary>What a redaction rule looks for.</summary>
public enum RedactedKind { Email, Phone, CreditCard, IpAddress, Secret, Regex }

/// <summary>What stands where something was taken out.</summary>
public enum RedactedAs
{
    /// <summary>The rule's name in brackets.</summary>
    Mask,

    /// <summary>The rule's name and the beginning of a SHA-256, so that equal values stay recognisable as equal.</summary>
    Hash,

    /// <summary>Nothing.</summary>
    Remove,
}

/// <summary>One redaction rule.</summary>
/// <param name="Name">Shown where something was masked.</param>
/// <param name="Kind">What is looked for.</param>
/// <param name="Pattern">A regular expression; for <see cref="RedactedKind.Regex"/> alone.</param>
/// <param name="As">What stands there instead.</param>
public sealed record RedactionPattern(string Name, RedactedKind Kind, string? Pattern, RedactedAs As);
