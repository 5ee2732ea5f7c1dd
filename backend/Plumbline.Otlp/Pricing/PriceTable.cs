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

    private readonly Dictionary<string, ModelPrice[]> byModel;
    private readonly ConcurrentDictionary<string, ModelPrice[]> remembered = new(StringComparer.Ordinal);

    /// <summary>A list of prices; of one model on one day the last counts.</summary>
    public PriceTable(IEnumerable<ModelPrice> prices)
    {
        Prices = [.. prices];
        byModel = Prices.GroupBy(p => ModelNames.Canonical(p.Model), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.OrderBy(p => p.ValidFrom).ToArray(), StringComparer.Ordinal);
        foreach (var exact in Prices.GroupBy(p => p.Model, StringComparer.Ordinal)) byModel[exact.Key] = [.. exact.OrderBy(p => p.ValidFrom)];
    }

    /// <summary>The list that comes with the program.</summary>
    public static PriceTable BuiltIn { get; } = LoadBuiltIn();

    public IReadOnlyList<ModelPrice> Prices { get; }

    /// <inheritdoc/>
    public bool TryPrice(ReadOnlySpan<byte> provider, ReadOnlySpan<byte> model, in TokenCounts tokens, long startUnixNano, out long picoDollars)
    {
        picoDollars = 0;
        if (model.Length is 0 or > LongestName || At(Find(model), startUnixNano) is not { } price) return false;
        picoDollars = price.Cost(tokens);
        return true;
    }

    private ModelPrice[] Find(ReadOnlySpan<byte> model)
    {
        Span<char> chars = stackalloc char[LongestName];
        var name = chars[..Encoding.UTF8.GetChars(model, chars)];
        if (remembered.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known)) return known;
        var text = new string(name);
        var found = byModel.GetValueOrDefault(text.ToLowerInvariant()) ?? byModel.GetValueOrDefault(ModelNames.Canonical(text)) ?? [];
        if (remembered.Count < MostRemembered) remembered[text] = found;
        return found;
    }

    private static ModelPrice? At(ModelPrice[] prices, long startUnixNano)
    {
        var day = DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + (int)(Math.Max(0, startUnixNano) / NanosPerDay));
        return Array.FindLast(prices, p => p.ValidFrom <= day);
    }

    private static PriceTable LoadBuiltIn()
    {
        using var stream = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json") ?? throw new InvalidOperationException("The price list is missing from the assembly.");
        return new(JsonSerializer.Deserialize<PriceFile>(stream, Json)!.Prices);
    }

    private sealed record PriceFile(ModelPrice[] Prices);
}
