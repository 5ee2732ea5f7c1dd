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

    /// <summary>The cost of a call in pico-dollars.</summary>
    public long Cost(in TokenCounts tokens)
    {
        var longer = Above is { } above && tokens.Input > above.InputTokens ? above : null;
        var input = longer?.Input ?? Input;
        var output = longer?.Output ?? Output;
        var cached = Math.Clamp(tokens.CachedInput, 0, tokens.Input);
        var written = Math.Clamp(tokens.CacheWrite, 0, tokens.Input - cached);
        var reasoning = Math.Clamp(tokens.Reasoning, 0, tokens.Output);
        var dollarsTimesMillion = ((tokens.Input - cached - written) * input)
            + (cached * (longer?.CachedInput ?? CachedInput ?? input))
            + (written * (longer?.CacheWrite ?? CacheWrite ?? input))
            + ((tokens.Output - reasoning) * output)
            + (reasoning * (Reasoning ?? output));
        return (long)decimal.Round(dollarsTimesMillion * PicoPerMillionth);
    }

    // A dollar per million tokens is a millionth of a dollar a token: 10^6 pico-dollars.
    private const decimal PicoPerMillionth = 1_000_000m;
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
