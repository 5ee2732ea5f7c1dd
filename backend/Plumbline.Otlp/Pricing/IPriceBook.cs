namespace Plumbline.Otlp.Pricing;

/// <summary>The tokens of one model call. Input holds the cached ones.</summary>
/// <param name="Input">Tokens sent, the cached ones among them.</param>
/// <param name="Output">Tokens answered, the reasoning among them.</param>
/// <param name="CachedInput">Of the input, read from the provider's cache.</param>
/// <param name="CacheWrite">Of the input, written to the provider's cache.</param>
/// <param name="Reasoning">Of the output, spent on reasoning.</param>
public readonly record struct TokenCounts(long Input, long Output, long CachedInput, long CacheWrite, long Reasoning);

/// <summary>Knows what model calls cost.</summary>
public interface IPriceBook
{
    /// <summary>The cost of a call by the price in force at its start; false when no price is known, or the cost is beyond four million dollars.</summary>
    /// <param name="provider">Canonical name of the provider, UTF-8, or empty.</param>
    /// <param name="model">The model that answered, UTF-8.</param>
    /// <param name="tokens">What was used.</param>
    /// <param name="startUnixNano">When the call started, nanoseconds since 1970.</param>
    /// <param name="picoDollars">10^-12 US dollars.</param>
    bool TryPrice(ReadOnlySpan<byte> provider, ReadOnlySpan<byte> model, in TokenCounts tokens, long startUnixNano, out long picoDollars);
}
