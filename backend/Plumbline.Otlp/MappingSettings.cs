using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Otlp;

/// <summary>What the mapping of one request depends on besides its bytes.</summary>
public sealed record MappingSettings
{
    public static MappingSettings Default { get; } = new();

    /// <summary>The environment of spans that name none.</summary>
    public string? DefaultEnvironment { get; init; }

    /// <summary>Taken for the start of a span that has none; nanoseconds since 1970.</summary>
    public long ReceivedUnixNano { get; init; }

    /// <summary>Applied to every text before anything else is done with it.</summary>
    public IRedactor? Redactor { get; init; }

    public IPriceBook? Prices { get; init; }
}
