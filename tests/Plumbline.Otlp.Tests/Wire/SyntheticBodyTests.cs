using Plumbline.Otlp.Tests.Captured;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Wire;

public sealed class SyntheticBodyTests
{
    [Theory]
    [InlineData("01-json-int64-as-string")]
    [InlineData("03-json-base64-ids")]
    [InlineData("04-json-uppercase-hex-ids")]
    [InlineData("05-json-snake-case")]
    [InlineData("06-json-defaults-omitted")]
    [InlineData("11-pb-unknown-top-level-fields")]
    [InlineData("25-pb-grpc-content-type")]
    [InlineData("27-json-utf8-bom")]
    public void Body_InAnotherSpelling_GivesTheSameSpans(string id)
    {
        var expected = Captures.Spans("handmade/06-agent").Select(Facts).Order().ToArray();
        Assert.Equal(expected, Captures.Spans("synthetic/" + id).Select(Facts).Order());
    }

    [Fact]
    public void UnknownFieldsAndNulls_AreSkipped() =>
        Assert.Equal(Captures.Spans("handmade/06-agent").Select(s => s.Name), Captures.Spans("synthetic/07-json-unknown-fields-and-nulls").Select(s => s.Name));

    [Theory]
    [InlineData("15-json-invalid-ids", 5)]
    [InlineData("16-pb-invalid-ids", 4)]
    public void InvalidIds_AreRejectedOneByOne_WithReasons(string id, int rejected)
    {
        var mapped = Captures.Body("synthetic/" + id).Map();
        Assert.Equal(7, mapped.Accepted);
        Assert.Equal(7, mapped.Batch.Count);
        Assert.Equal(rejected, mapped.Rejected);
        Assert.Equal(rejected, mapped.Reasons.Count);
        Assert.All(mapped.Reasons, r => Assert.Matches("^span [0-9]+: .*(id|Id).*\\.$", r));
    }

    [Theory]
    [InlineData("13-json-empty-object")]
    [InlineData("14-json-empty-list")]
    public void EmptyRequest_IsTaken(string id) => Assert.Equal(0, Captures.Body("synthetic/" + id).Map().Accepted);

    [Theory]
    [InlineData("18-pb-truncated")]
    [InlineData("19-json-malformed")]
    [InlineData("20-json-with-protobuf-content-type")]
    public void BrokenBody_IsRefusedWhole(string id) => Assert.Throws<OtlpFormatException>(() => Captures.Body("synthetic/" + id).Map());

    [Fact]
    public void MultipleResources_KeepTheirServices()
    {
        var spans = Captures.Spans("synthetic/10-pb-multi-resource");
        Assert.Equal(15, spans.Length);
        Assert.Equal(2, spans.Select(s => s.ServiceName).OfType<string>().Distinct().Count());
        Assert.Single(spans, s => s.ServiceName is null);
    }

    [Fact]
    public void LegacyInstrumentationLibrary_IsRead() => Assert.Equal(7, Captures.Spans("synthetic/08-json-legacy-instrumentation-library").Length);

    [Fact]
    public void CyclesAndDuplicates_AreTakenAsTheyCome() => Assert.Equal(10, Captures.Spans("synthetic/17-json-cycles-and-duplicates").Length);

    [Theory]
    [InlineData("23-json-deeply-nested-value", 7)]
    [InlineData("24-pb-deeply-nested-value", 1)]
    public void DeeplyNestedValue_IsCutAndSaysSo(string id, int count)
    {
        var spans = Captures.Spans("synthetic/" + id);
        Assert.Equal(count, spans.Length);
        Assert.Contains(spans, s => s.AttributesJson!.Contains("nested deeper than 32 levels", StringComparison.Ordinal));
    }

    private static string Facts(SpanRecord s) =>
        $"{s.TraceId}|{s.SpanId}|{s.ParentSpanId}|{s.Name}|{s.Kind}|{s.Status}|{s.StartUnixNano}|{s.EndUnixNano}|{s.Model}|{s.InputTokens}|{s.OutputTokens}|{s.InputMessagesJson}|{s.OutputMessagesJson}|{s.AttributesJson}|{s.EventsJson}|{s.ResourceJson}";
}
