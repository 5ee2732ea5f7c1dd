namespace Plumbline.Otlp.Pricing;

/// <summary>What a model costs from a day on, US dollars per million tokens.</summary>
public sealed record ModelPrice
{
    public required string Model { get; init; }
    public string? Provider { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public required decimal Input { get; init; }
    public required decimal Output { get; init; }

    /// <summary>Input read from the provider's cache; as other input when not given.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Input written to the provider's cache; as other input when not given.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Output spent on reasoning; as other output when not given.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>Prices of calls with a longer input.</summary>
    public LongInputPrice? Above { get; init; }

    /// <summary>When the price was looked up.</summary>
    public DateOnly? SourceDate { get; init; }
}

/// <summary>Prices of calls with more than so many input tokens.</summary>
public sealed record LongInputPrice
{
    public required long InputTokens { get; init; }
    public required decimal Input { get; init; }
    public required decimal Output { get; init; }
    public decimal? CachedInput { get; init; }
    public decimal? CacheWrite { get; init; }
}
