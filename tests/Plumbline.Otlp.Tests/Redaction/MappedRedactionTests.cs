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
        [new("mail", RedactedKind.Email, null, RedactedAs.Mask), new("secret", RedactedKind.Secret, null, RedactedAs.Mask)], TimeSpan.FromSeconds(1))
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

    [Fact]
    public void Messages_WithAnAddressBelowALineBreak_StayMessages()
    {
        var span = Mapped.Span(
            Settings, ("gen_ai.operation.name", "chat"),
            ("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"Hello\nann@example.com thanks, ann\u0040example.com"}]}]"""));
        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"Hello\n[mail] thanks, [mail]"}]}]""", span.InputMessagesJson);
        Assert.Equal("Hello\n[mail] thanks, [mail]", span.Input);
        Assert.DoesNotContain(Secret, span.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_ThatWereCutOff_AreRedactedAsTheyRead()
    {
        var span = Mapped.Span(
            Settings, ("gen_ai.operation.name", "chat"),
            ("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"ann\u0040example.com was cu"""));
        Assert.Equal("[mail] was cu", span.Input);
        Assert.DoesNotContain("ann", span.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfEveryKindOfAttribute_AreRedacted_AndNoneIsLost()
    {
        const string names = """[{"key":"ann@example.com","value":{"stringValue":"1"}},{"key":"bob@example.com","value":{"intValue":"2"}}]""";
        var span = Json(names, $$"""[{"name":"x of ann@example.com","timeUnixNano":"5","attributes":{{names}}}]""", names);
        const string both = """{"[mail]":"1","[mail]#2":2}""";
        Assert.Equal(both, span.AttributesJson);
        Assert.Equal($$"""[{"name":"x of [mail]","time":5,"attributes":{{both}}}]""", span.EventsJson);
        Assert.Contains("\"attributes\":" + both, span.LinksJson, StringComparison.Ordinal);
        Assert.Equal(both, span.ResourceJson);
        var log = Log(names);
        Assert.Contains(both[1..^1], log.EventsJson, StringComparison.Ordinal);
        Assert.DoesNotContain("example", span.ToString() + log, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_ThatTheMappingReads_AreLeftToIt()
    {
        var dotted = new Redactor([new("dotted", RedactedKind.Regex, "[a-z]+[.][a-z]+", RedactedAs.Mask)], TimeSpan.FromSeconds(1));
        var rules = new MappingSettings { Redactor = dotted };
        var span = Mapped.Span(rules, ("gen_ai.request.model", "gpt-4o"), ("gen_ai.usage.input_tokens", 7L), ("ann.lee", "x"));
        Assert.Equal(("gpt-4o", 7L), (span.Model, span.InputTokens));
        Assert.Contains("\"[dotted]\":\"x\"", span.AttributesJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password", """{"stringValue":"hunter22"}""")]
    [InlineData("data", """{"bytesValue":"YW5uQGV4YW1wbGUuY29t"}""")]
    [InlineData("data", """{"kvlistValue":{"values":[{"key":"password","value":{"stringValue":"hunter22"}}]}}""")]
    [InlineData("data", """{"kvlistValue":{"values":[{"key":"ann@example.com","value":{"boolValue":true}}]}}""")]
    [InlineData("data", """{"arrayValue":{"values":[{"stringValue":"{\"to\":\"ann\\u0040example.com\"}"}]}}""")]
    public void Values_OfEveryType_AreRedacted(string key, string value)
    {
        var attributes = $$"""[{"key":"{{key}}","value":{{value}}}]""";
        var stored = Json(attributes, $$"""[{"name":"x","timeUnixNano":"5","attributes":{{attributes}}}]""", attributes) + Log(attributes).EventsJson;
        foreach (var secret in new[] { "hunter22", "ann", "YW5uQGV4YW1wbGUuY29t" }) Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
    }

    private static SpanRecord Log(string attributes)
    {
        const string ids = """
            "traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","timeUnixNano":"1","eventName":"gen_ai.x"
            """;
        var record = $$"""{ {{ids}},"attributes":{{attributes}},"body":{"kvlistValue":{"values":{{attributes}} } } }""";
        var body = $$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{{record}}]}]}]}""";
        return new SpanMapper(new()).MapLogs(Encoding.UTF8.GetBytes(body), OtlpEncoding.Json, Settings).Batch.ToRecords().Single();
    }

    private static SpanRecord Json(string attributes, string events, string others = "[]")
    {
        const string ids = "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"spanId\":\"00f067aa0ba902b7\"";
        const string times = "\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":\"2\"";
        var link = $$"""{ {{ids}},"attributes":{{others}} }""";
        var span = $$"""{ {{ids}},"name":"x",{{times}},"status":{"code":1},"attributes":{{attributes}},"events":{{events}},"links":[{{link}}]}""";
        var body = $$"""{"resourceSpans":[{"resource":{"attributes":{{others}} },"scopeSpans":[{"spans":[{{span}}]}]}]}""";
        return new SpanMapper(new()).MapTraces(Encoding.UTF8.GetBytes(body), OtlpEncoding.Json, Settings).Batch.ToRecords().Single();
    }
}
