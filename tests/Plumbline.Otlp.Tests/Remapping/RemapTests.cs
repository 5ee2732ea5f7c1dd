using Plumbline.Otlp.Pricing;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Tests.Captured;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Remapping;

/// <summary>Mapping a stored span anew gives what mapping its request today gives: for the present mapping the span itself, for an older
/// one what the present one makes of it.</summary>
public sealed class RemapTests
{
    private static readonly RedactedKind[] Kinds = [
        RedactedKind.Email, RedactedKind.Phone, RedactedKind.CreditCard, RedactedKind.IpAddress, RedactedKind.Secret
    ];

    public static TheoryData<string> Entries => [.. Captures.Entries.Select(e => e.GetProperty("id").GetString()!)];

    internal static MappingSettings[] AllSettings { get; } =
    [
        new() { Prices = PriceTable.BuiltIn, DefaultEnvironment = "of-the-key", ReceivedUnixNano = 1_770_000_000_000_000_000 },
        .. Enum.GetValues<RedactedAs>().Select(Redacting),
    ];

    [Theory, MemberData(nameof(Entries))]
    public void CapturedSpan_OfThePresentMapping_StaysAsItIs(string id)
    {
        foreach (var (settings, stored) in Stored(id)) Remapped.AssertSame(stored.ToRecords(), Remapped.Of(stored, settings.Prices));
    }

    [Theory, MemberData(nameof(Entries))]
    public void CapturedSpan_OfAnOlderMapping_BecomesWhatItsRequestWouldToday(string id)
    {
        foreach (var (settings, stored) in Stored(id))
        {
            var today = stored.ToRecords();
            Remapped.AssertSame(today, Remapped.Of(SpanBatch.Of([.. today.Select(s => Remapped.ByAnOlderMapping(s, wrong: false))]), settings.Prices));
            Remapped.AssertSame(today, Remapped.Of(SpanBatch.Of([.. today.Select(s => Remapped.ByAnOlderMapping(s, wrong: true))]), settings.Prices));
        }
    }

    internal static SpanBatch Taken(Func<MappedBatch> map)
    {
        try
        {
            return map().Batch;
        }
        catch (OtlpFormatException)
        {
            return SpanBatch.Empty;
        }
    }

    private static IEnumerable<(MappingSettings Settings, SpanBatch Stored)> Stored(string id)
    {
        foreach (var settings in AllSettings)
        {
            foreach (var body in Captures.Bodies(Captures.Entry(id)).Where(b => b.Signal == OtlpSignal.Traces))
                yield return (settings, Taken(() => body.Map(settings)));
        }
    }

    private static MappingSettings Redacting(RedactedAs action) => new()
    {
        Prices = PriceTable.BuiltIn,
        Redactor = new Redactor(
            [.. Kinds.Select(k => new RedactionPattern("x", k, null, action)), new RedactionPattern("y", RedactedKind.Regex, "[A-Z][a-z]+ [a-z]+", action)],
            TimeSpan.FromSeconds(10)),
    };
}
