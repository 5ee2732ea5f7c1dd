using System.Text;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Tests.Mapping;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Redaction;

/// <summary>Whatever field a dialect takes a text to, it is redacted there too.</summary>
public sealed class MappedRedactionTests
{
    private const string Secret = "ann@example.com";
    private static readonly MappingSettings Settings = new()
    {
        Redactor = new Redactor(
        [new("mail", RedactedKind.Email, null, RedactedAs.Mask)], TimeSpan.FromSeconds(1))
    };

    [Fact]
    public void ExceptionMessage_OfLangSmith_IsRedactedInTheStatusMessage()
    {
        var span = Json("""[{"key":"langsmith.span.kind","value":{"stringValue":"llm"}}]""",
            """[{"name":"exception","timeUnixNano":"5","attributes":[{"key":"exception.message","value":{"stringValue":"no account ann@example.com"}}]}]""");
        Assert.Equal((StoredStatus.Error, "no account [mail]"), (span.Status, span.StatusMessage));
        Assert.DoesNotContain(Secret, span.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ExceptionMessage_OfLangSmith_ThatIsNoText_IsLeftInTheEvent()
    {
        var span = Json("""[{"key":"langsmith.span.kind","value":{"stringValue":"llm"}}]""",
            """[{"name":"exception","timeUnixNano":"5","attributes":[{"key":"exception.message","value":{"arrayValue":{"values":[{"stringValue":"ann@example.com"}]}}}]}]""");
        Assert.Equal((StoredStatus.Error, null), (span.Status, span.StatusMessage));
        Assert.Contains("""["[mail]"]""", span.EventsJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plumbline.tags")]
    [InlineData("langfuse.trace.tags")]
    [InlineData("tag.tags")]
    [InlineData("gen_ai.response.finish_reasons")]
    public void ListOfTexts_IsRedactedOneByOne(string key)
    {
        var span = Mapped.Span(Settings, ("gen_ai.operation.name", "chat"), ("openinference.span.kind", "LLM"), (key, new[] { "a", Secret }));
        Assert.Equal(["a", "[mail]"], span.Tags.Concat(span.FinishReasons));
    }

    [Fact]
    public void ServiceName_IsRedactedAsItsResourceIs()
    {
        using var request = new ExportRequestWriter(Secret, $"of {Secret}", "scope");
        request.Span(new TraceId(1, 1), new SpanId(1), default, "span", Mapped.Start, Mapped.Start, null, _ => { });
        var span = new SpanMapper(new()).MapTraces(request.ToArray(), OtlpEncoding.Protobuf, Settings).Batch.ToRecords().Single();
        Assert.Equal(("[mail]", "of [mail]"), (span.ServiceName, span.Environment));
        Assert.DoesNotContain(Secret, span.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_OfVercel_ThatIsNoText_IsNotTakenForOne()
    {
        var span = Json(
            """[{"key":"ai.operationId","value":{"stringValue":"ai.generateText.doGenerate"}},"""
                + """{"key":"ai.response.toolCalls","value":{"stringValue":"[]"}},"""
                + """{"key":"ai.response.text","value":{"arrayValue":{"values":[{"stringValue":"ann@example.com"}]}}}]""",
            "[]");
        Assert.DoesNotContain(Secret, span.ToString(), StringComparison.Ordinal);
        Assert.Contains("""["[mail]"]""", span.AttributesJson, StringComparison.Ordinal);
    }

    private static SpanRecord Json(string attributes, string events)
    {
        var body =
            $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","name":"x","startTimeUnixNano":"1","endTimeUnixNano":"2","status":{"code":1},"attributes":{{attributes}},"events":{{events}}}]}]}]}""";
        return new SpanMapper(new()).MapTraces(Encoding.UTF8.GetBytes(body), OtlpEncoding.Json, Settings).Batch.ToRecords().Single();
    }
}
