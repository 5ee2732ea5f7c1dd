using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Otlp.Pricing;

/// <summary>A dated price list. The newest price that was in force at a call's start counts; a model that is not in the list has no price.</summary>
public sealed class PriceTable : IPriceBook
{
    private const int MostRemembered = 10_000;
    private const int LongestName = 256;
    private const long NanosPerDay = 86_400L * 1_000_000_000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    private static readonly DateOnly Epoch = new(1970, 1, 1);

    private readonly Dictionary<string, TokenRates[]> _byModel;
    private readonly ConcurrentDictionary<byte[], TokenRates[]> _remembered;
    private readonly ConcurrentDictionary<byte[], TokenRates[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    private int _count;

    /// <summary>A list of prices; of one model on one day the last counts.</summary>
    public PriceTable(IEnumerable<ModelPrice> prices)
    {
        Prices = [.. prices];
        _remembered = new(Utf8Comparer.Instance);
        _lookup = _remembered.GetAlternateLookup<ReadOnlySpan<byte>>();
        _byModel = Prices.GroupBy(p => ModelNames.Canonical(p.Model), StringComparer.Ordinal).ToDictionary(g => g.Key, Rates, StringComparer.Ordinal);
        foreach (var exact in Prices.GroupBy(p => p.Model, StringComparer.Ordinal)) _byModel[exact.Key] = Rates(exact);
    }

    /// <summary>The list that comes with the program.</summary>
    public static PriceTable BuiltIn { get; } = LoadBuiltIn();

    public IReadOnlyList<ModelPrice> Prices { get; }

    /// <inheritdoc/>
    public bool TryPrice(ReadOnlySpan<byte> provider, ReadOnlySpan<byte> model, in TokenCounts tokens, long startUnixNano, out long picoDollars)
    {
        picoDollars = 0;
        if (model.Length is 0 or > LongestName || At(Find(model), startUnixNano) is not { } rates) return false;
        return rates.TryCost(tokens, out picoDollars);
    }

    private TokenRates[] Find(ReadOnlySpan<byte> model)
    {
        if (_lookup.TryGetValue(model, out var known)) return known;
        var text = Encoding.UTF8.GetString(model);
        var found = _byModel.GetValueOrDefault(text.ToLowerInvariant()) ?? _byModel.GetValueOrDefault(ModelNames.Canonical(text)) ?? [];
        if (Interlocked.Increment(ref _count) <= MostRemembered) _remembered[model.ToArray()] = found;
        return found;
    }

    private static TokenRates[] Rates(IEnumerable<ModelPrice> prices) => [.. prices.OrderBy(p => p.ValidFrom).Select(p => new TokenRates(p))];

    private static TokenRates? At(TokenRates[] prices, long startUnixNano)
    {
        var day = Epoch.AddDays((int)(Math.Max(0, startUnixNano) / NanosPerDay));
        for (var i = prices.Length - 1; i >= 0; i--)
        {
            if (prices[i].ValidFrom <= day) return prices[i];
        }
        return null;
    }

    private static PriceTable LoadBuiltIn()
    {
        using var stream = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("The price list is missing from the assembly.");
        return new(JsonSerializer.Deserialize<PriceFile>(stream, Json)!.Prices);
    }

    private sealed record PriceFile(ModelPrice[] Prices);
}
