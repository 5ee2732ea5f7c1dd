using Plumbline.Otlp.Pricing;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Mapping;

/// <summary>Where senders differ in ways that are easy to get wrong.</summary>
public sealed class TrapTests
{
    private const string User = """[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""";

    private static readonly MappingSettings Priced = new() { Prices = PriceTable.BuiltIn };

    [Fact]
    public void CachedTokens_BesideTheInput_AreAddedToIt()
    {
        var span = Mapped.Span(
            ("gen_ai.operation.name", "chat"), ("gen_ai.usage.input_tokens", 10), ("gen_ai.usage.output_tokens", 5),
            ("gen_ai.usage.cache_read.input_tokens", 90));
        Assert.Equal((100L, 105L, UsageConvention.Exclusive), (span.InputTokens, span.TotalTokens, span.Usage));
    }

    [Fact]
    public void CachedTokens_WithinTheInput_StayThere()
    {
        var span = Mapped.Span(
            ("gen_ai.operation.name", "chat"), ("gen_ai.usage.input_tokens", 100), ("gen_ai.usage.output_tokens", 5),
            ("gen_ai.usage.cache_read.input_tokens", 90));
        Assert.Equal((100L, 105L, UsageConvention.Inclusive), (span.InputTokens, span.TotalTokens, span.Usage));
    }

    [Fact]
    public void PromptName_IsNoPromptMessage()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.prompt.name", "greeting"), ("gen_ai.input.messages", User));
        Assert.Equal(("greeting", "hi"), (span.PromptName, span.Input));
    }

    [Theory]
    [InlineData("invoke_agent")]
    [InlineData("agent_step")]
    [InlineData("invoke_workflow")]
    public void Usage_RepeatedByAParent_IsNotCounted(string operation)
    {
        var span = Mapped.Span(
            Priced, ("gen_ai.operation.name", operation), ("gen_ai.request.model", "gpt-4o"), ("gen_ai.usage.input_tokens", 100),
            ("gen_ai.usage.output_tokens", 5));
        Assert.Equal((null, null, null), (span.InputTokens, span.OutputTokens, span.Cost));
        Assert.Contains("gen_ai.usage.input_tokens", span.AttributesJson, StringComparison.Ordinal);
    }

    [Fact]
    public void Usage_OfTheOuterVercelSpan_IsNotCounted()
    {
        Assert.Null(Mapped.Span(("ai.operationId", "ai.generateText"), ("ai.usage.inputTokens", 40)).InputTokens);
        Assert.Equal(40, Mapped.Span(("ai.operationId", "ai.generateText.doGenerate"), ("ai.usage.inputTokens", 40)).InputTokens);
    }

    [Theory]
    [InlineData("gen_ai.response.time_to_first_chunk", 0.5)]
    [InlineData("gen_ai.client.operation.time_to_first_chunk", 0.5)]
    [InlineData("gen_ai.server.time_to_first_token", 0.5)]
    [InlineData("ai.response.msToFirstChunk", 500.0)]
    [InlineData("ai.stream.msToFirstChunk", 500.0)]
    public void TimeToFirstToken_HasTheUnitOfItsName(string name, double value) =>
        Assert.Equal(
            Mapped.Second / 2,
            Mapped.Span(
                ("gen_ai.operation.name", "chat"), ("gen_ai.application_name", "x"), ("ai.operationId", "ai.streamText.doStream"),
                (name, value)).TimeToFirstTokenNano);

    [Fact]
    public void TimeToFirstToken_BeyondTheSpan_IsLeftOut()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.response.time_to_first_chunk", 500.0));
        Assert.Null(span.TimeToFirstTokenNano);
        Assert.Contains(span.Warnings, w => w.Contains("first token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gen_ai.usage.reasoning.output_tokens")]
    [InlineData("gen_ai.usage.reasoning_tokens")]
    public void ReasoningTokens_AreFoundUnderEachName(string name) =>
        Assert.Equal(7, Mapped.Span(("gen_ai.operation.name", "chat"), (name, 7)).ReasoningTokens);

    [Fact]
    public void Messages_ThatAreNoJson_AreKeptAsText()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.input.messages", "[not json"));
        Assert.Equal("[not json", span.Input);
    }

    [Fact]
    public void OldParts_AreKept()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.input.messages",
            """[{"role":"user","parts":[{"type":"blob","mime_type":"image/png","data":"QUJD"},{"type":"hologram","x":1}]},"""
                + """{"role":"tool","parts":[{"type":"tool_call_response","id":"1","result":"ok"}]}]"""));
        Assert.Contains("\"content\":\"QUJD\"", span.InputMessagesJson, StringComparison.Ordinal);
        Assert.Contains("hologram", span.InputMessagesJson, StringComparison.Ordinal);
        Assert.Contains("\"response\":\"ok\"", span.InputMessagesJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("az.ai.openai", "azure.ai.openai")]
    [InlineData("vertex_ai", "gcp.vertex_ai")]
    [InlineData("gemini", "gcp.gemini")]
    [InlineData("amazon-bedrock", "aws.bedrock")]
    [InlineData("mistralai", "mistral_ai")]
    [InlineData("xai", "x_ai")]
    [InlineData("openai.chat", "openai")]
    [InlineData("somebody-new", "somebody-new")]
    public void Provider_HasOneName(string sent, string shown)
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.system", sent));
        Assert.Equal(shown, span.Provider);
        Assert.Contains(sent, span.AttributesJson, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_WithoutOperation_IsATool() => Assert.Equal(StoredKind.Tool, Mapped.Span(("gen_ai.tool.name", "search")).Kind);

    [Fact]
    public void UnknownOperation_KeepsItsName()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "ai.transcribe"));
        Assert.Equal(("ai.transcribe", StoredKind.Span), (span.Operation, span.Kind));
    }

    [Fact]
    public void EarlyDotNetNames_AreTokens()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.response.input_tokens", 3), ("gen_ai.response.output_tokens", 4));
        Assert.Equal((3L, 4L), (span.InputTokens, span.OutputTokens));
    }

    [Fact]
    public void Output_IsNeverMadeUpFromIdentifiers()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.response.id", "chatcmpl-1"), ("gen_ai.response.model", "gpt-4o"));
        Assert.Equal((null, null), (span.Output, span.OutputMessagesJson));
    }

    [Fact]
    public void SystemInstructions_ComeFirst_AndAreNoUserInput()
    {
        var span = Mapped.Span(
            ("gen_ai.operation.name", "chat"), ("gen_ai.system_instructions", """[{"type":"text","content":"be brief"}]"""),
            ("gen_ai.input.messages", User));
        Assert.StartsWith(
            """[{"role":"system","parts":[{"type":"text","content":"be brief"}]},{"role":"user",""", span.InputMessagesJson,
            StringComparison.Ordinal);
        Assert.Equal("hi", span.Input);
    }

    [Fact]
    public void Messages_CutByTheSender_ShowWhatCameBefore()
    {
        var span = Mapped.Span(
            ("gen_ai.operation.name", "chat"),
            ("gen_ai.input.messages", """[{"role":"user","parts":[{"type":"text","content":"a long question that was cu"""));
        Assert.Equal("a long question that was cu", span.Input);
        Assert.Contains(span.Warnings, w => w.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoDialectsOnOneSpan_AreNotJoined_AndTheConflictIsShown()
    {
        var span = Mapped.Span(("gen_ai.operation.name", "chat"), ("gen_ai.input.messages", User), ("gen_ai.usage.input_tokens", 5),
            ("openinference.span.kind", "LLM"), ("llm.input_messages.0.message.role", "user"), (
                "llm.input_messages.0.message.content", "hello"), ("llm.token_count.prompt", 6));
        Assert.Equal(("hi", 5L), (span.Input, span.InputTokens));
        Assert.Contains(span.Warnings, w => w.Contains("llm.token_count.prompt", StringComparison.Ordinal));
    }

    [Fact]
    public void PromptLink_OfOurOwn_IsRead()
    {
        var span = Mapped.Span(("plumbline.prompt.name", "greeting"), ("plumbline.prompt.version", 3), ("plumbline.tags", new[] { "a", "b" }));
        Assert.Equal(("greeting", "3"), (span.PromptName, span.PromptVersion));
        Assert.Equal(["a", "b"], span.Tags);
    }
}
