using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Redaction;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Mapping;

/// <summary>Which log records are kept with which span, and what is said of the others.</summary>
public sealed class LogMapperTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Own = $"\"traceId\":\"{Trace}\",\"spanId\":\"00f067aa0ba902b7\"";

    [Fact]
    public void PlainRecord_IsALogOfItsSpan()
    {
        var mapped = Map(
            $$"""{ {{Own}},"timeUnixNano":"7","severityNumber":13,"body":{"stringValue":"Tried again."}"""
                + ""","attributes":[{"key":"attempt","value":{"intValue":"2"}}]}""",
            $$"""{ {{Own}},"observedTimeUnixNano":"5","severityNumber":9,"severityText":"notice","eventName":"cache.miss" """
                + ""","body":{"kvlistValue":{"values":[{"key":"key","value":{"stringValue":"a"}}]}}}""");
        Assert.Equal((2, 0), (mapped.Accepted, mapped.Rejected));
        var span = Assert.Single(mapped.Batch.ToRecords());
        Assert.Equal(
            [
                """{"time":7,"severity":"WARN","body":"Tried again.","attributes":{"attempt":2}}""",
                """{"time":5,"severity":"notice","name":"cache.miss","body":{"key":"a"},"attributes":{}}""",
            ],
            span.Logs);
        Assert.Equal((5, null, null), (span.StartUnixNano, span.EventsJson, span.Dialect));
    }

    [Fact]
    public void GenAiEvent_IsAnEventOfItsSpan_BesideItsLogs()
    {
        var span = Assert.Single(Map(
            $$"""{ {{Own}},"timeUnixNano":"7","eventName":"gen_ai.user.message" """
                + ""","body":{"kvlistValue":{"values":[{"key":"content","value":{"stringValue":"Hi"}}]}}}""",
            $$"""{ {{Own}},"timeUnixNano":"8","body":{"stringValue":"plain"} }""").Batch.ToRecords());
        Assert.Contains("gen_ai.user.message", span.EventsJson!, StringComparison.Ordinal);
        Assert.Equal(["""{"time":8,"body":"plain","attributes":{}}"""], span.Logs);
    }

    [Theory]
    [InlineData("""{"body":{"stringValue":"x"}}""")]
    [InlineData("""{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","body":{"stringValue":"x"}}""")]
    [InlineData("""{"spanId":"00f067aa0ba902b7","body":{"stringValue":"x"}}""")]
    [InlineData("""{"traceId":"00000000000000000000000000000000","spanId":"0000000000000000","body":{"stringValue":"x"}}""")]
    [InlineData("""{"eventName":"gen_ai.user.message","body":{"stringValue":"x"}}""")]
    public void RecordOfNoSpan_IsRejected_WithTheReason(string record)
    {
        var mapped = Map($$"""{ {{Own}},"body":{"stringValue":"kept"} }""", record);
        Assert.Equal((1, 1), (mapped.Accepted, mapped.Rejected));
        Assert.StartsWith("log record 2: it names no span by trace_id and span_id", Assert.Single(mapped.Reasons), StringComparison.Ordinal);
        Assert.Single(Assert.Single(mapped.Batch.ToRecords()).Logs);
    }

    [Fact]
    public void RecordsThatASpanHasNoRoomFor_AreRejected()
    {
        var mapped = Map([.. Enumerable.Range(1, 1030).Select(i => $$"""{ {{Own}},"timeUnixNano":"{{i}}","body":{"stringValue":"line"} }""")]);
        Assert.Equal((1024, 6), (mapped.Accepted, mapped.Rejected));
        Assert.Contains("at most 1024 log records", mapped.Reasons[0], StringComparison.Ordinal);
        var huge = new string('x', 700_000);
        mapped = Map($$"""{ {{Own}},"body":{"stringValue":"{{huge}}"} }""", $$"""{ {{Own}},"body":{"stringValue":"{{huge}}y"} }""");
        Assert.Equal((1, 1), (mapped.Accepted, mapped.Rejected));
    }

    /// <summary>Logs come before their span as a rule, for it is sent when it ends, and neither takes anything from the other.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task LogsAndSpan_InEitherOrder_KeepAllTheyTell(bool logsFirst, bool isSealed)
    {
        await using var store = await SpanStore.OpenAsync(new Plumbline.ObjectStore.MemoryObjectStore(), "o");
        const string line = "a line that is longer than the event of the span, whatever that is worth";
        var logs = Map($$"""{ {{Own}},"timeUnixNano":"7","body":{"stringValue":"{{line}}"} }""").Batch.ToRecords().Single();
        var span = logs with { Name = "chat", Logs = [], EventsJson = """[{"name":"exception","time":6,"attributes":{}}]""", Warnings = [] };
        foreach (var isLog in new[] { logsFirst, !logsFirst })
        {
            var stored = await store.GetSpanAsync(span.TraceId, span.SpanId);
            await store.AppendAsync(SpanBatch.Of(isLog ? LogFragments.Merge(stored, logs) : span));
            if (isSealed) await store.SealAsync();
        }
        var whole = (await store.GetSpanAsync(span.TraceId, span.SpanId))!;
        Assert.Equal(("chat", span.EventsJson, logs.Logs.Single()), (whole.Name, whole.EventsJson, whole.Logs.Single()));
    }

    [Fact]
    public void SameRecordTwice_IsOne_AndAFullSpanSaysSo()
    {
        var one = Fragment("one");
        Assert.Equal(["one"], LogFragments.Merge(one, Fragment("one")).Logs);
        Assert.Equal(["one", "two"], LogFragments.Merge(one, Fragment("two")).Logs);
        var full = LogFragments.Merge(one, Fragment([.. Enumerable.Range(0, 1024).Select(i => $"{i}")]));
        Assert.Equal((1024, "only the first 1024 log records were kept"), (full.Logs.Count, Assert.Single(full.Warnings)));
        var fuller = LogFragments.Merge(full, Fragment("another", "0"));
        Assert.Equal((1024, 1), (fuller.Logs.Count, fuller.Warnings.Count));
    }

    [Fact]
    public void Mapping_Anew_KeepsTheLogs()
    {
        var span = Fragment("""{"time":1,"attributes":{}}""") with
        {
            Name = "chat",
            AttributesJson = """{"gen_ai.operation.name":"chat"}""",
            StartUnixNano = 1,
        };
        Assert.Equal(span.Logs, Remapping.Remapped.Of(SpanBatch.Of(span with { MappingVersion = 0 }), null).Single().Logs);
    }

    [Fact]
    public void Rules_AreAppliedToEveryText()
    {
        const string secret = "ann@corp.test";
        var redactor = new Redactor([new("mail", RedactedKind.Email, null, RedactedAs.Mask)], TimeSpan.FromSeconds(1));
        var body = Body($$"""{ {{Own}},"severityText":"{{secret}}","eventName":"{{secret}}","body":{"stringValue":"{\"to\":\"ann\\u0040corp.test\"}"} """
            + $$""","attributes":[{"key":"{{secret}}","value":{"stringValue":"of {{secret}}"} }]}""");
        var mapped = new SpanMapper(new()).MapLogs(body, OtlpEncoding.Json, MappingSettings.Default with { Redactor = redactor });
        var log = mapped.Batch.ToRecords().Single().Logs.Single();
        Assert.DoesNotContain("corp.test", log, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(log);
        Assert.Equal("of [mail]", json.RootElement.GetProperty("attributes").EnumerateObject().Single().Value.GetString());
    }

    private static SpanRecord Fragment(params string[] logs) => new() { TraceId = new(1, 2), SpanId = new(3), Logs = logs };

    private static MappedBatch Map(params string[] records) => new SpanMapper(new()).MapLogs(Body(records), OtlpEncoding.Json, MappingSettings.Default);

    private static byte[] Body(params string[] records) =>
        Encoding.UTF8.GetBytes($$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{{string.Join(',', records)}}]}]}]}""");
}
