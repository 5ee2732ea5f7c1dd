using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.ObjectStore;
using Plumbline.TraceStore;

namespace Plumbline.Features.Tests.Traces;

/// <summary>The root of a trace is the same one in the list, on its page and in a review.</summary>
public sealed class TraceRootTests
{
    private const int MostSpans = 6;

    [Fact]
    public void Of_NoSpans_IsNone() => Assert.Null(TraceRoot.Of([]));

    [Fact]
    public void Of_TwoWithoutParent_IsTheEarlier() =>
        Assert.Equal("2", TraceRoot.Of([Span("1", null, 20), Span("2", null, 10), Span("3", "gone", 5)])!.SpanId);

    /// <summary>Whatever the parents are, in circles and missing ones too: the trace store has chosen the same.</summary>
    [Fact]
    public void Of_AnySpans_IsTheStoresChoice()
    {
        var span = from parent in Gen.Choose(0, MostSpans + 1)
                   from start in Gen.Choose(0, 3)
                   select (parent, start);
        var traces = from count in Gen.Choose(1, MostSpans)
                     from spans in Gen.ArrayOf(span, count)
                     select spans;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(traces.ToArbitrary(), AgreesAsync));
    }

    // Parent 0 is none, one above the last is a span that is not there; a start of 0 is unknown.
    private static async Task<bool> AgreesAsync((int Parent, int Start)[] drawn)
    {
        await using var store = await SpanStore.OpenAsync(new MemoryObjectStore(), "o");
        await store.AppendAsync(SpanBatch.Of([.. drawn.Select((d, i) => new SpanRecord
        {
            TraceId =
                new TraceId(1, 1), SpanId =
                    new SpanId((ulong)i + 1), ParentSpanId = new SpanId((ulong)d.Parent), Name = "a", StartUnixNano = d.Start, EndUnixNano = d.Start + 1,
        })]));
        var chosen = (await store.QueryTracesAsync(new TraceQuery())).Traces[0].Trace.RootSpanId;
        var views = drawn.Select((d, i) => Span(Hex(i + 1), d.Parent == 0 ? null : Hex(d.Parent), d.Start)).Reverse().ToList();
        return TraceRoot.Of(views)!.SpanId == chosen.ToString();
    }

    private static string Hex(int id) => new SpanId((ulong)id).ToString();

    private static SpanView Span(string id, string? parent, long start) => new()
    {
        Project =
            new ProjectKey("o", "p"),
        TraceId =
                "t",
        SpanId = id,
        ParentSpanId = parent,
        Name = "a",
        Kind = SpanKind.Span,
        StartUnixNano = start,
        DurationMs = 1,
        Status = SpanStatus.Ok,
    };
}
