using System.Globalization;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Mapping;

/// <summary>One attribute of a dialect, and the field that it belongs in. The context is what makes the span one of that dialect.</summary>
public sealed class DialectRowTests
{
    private const string GenAi = "gen_ai.operation.name=chat";
    private const string OpenInference = "openinference.span.kind=LLM";
    private const string Traceloop = "traceloop.span.kind=workflow";
    private const string TraceloopCall = "llm.request.type=chat";
    private const string Langfuse = "langfuse.observation.type=generation";
    private const string Vercel = "ai.operationId=ai.generateText.doGenerate";
    private const string Lilypad = "lilypad.type=generation";
    private const string OpenLit = "gen_ai.application_name=shop";
    private const string Message = """[{"role":"user","content":"hi"}]""";
    private const string Parts = """[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""";
    private const string Answer = """[{"role":"assistant","parts":[{"type":"text","content":"hi"}]}]""";

    [Theory]
    [InlineData(GenAi, "gen_ai.provider.name", "openai", "openai")]
    [InlineData(GenAi, "gen_ai.system", "openai", "openai")]
    [InlineData(OpenInference, "llm.provider", "openai", "openai")]
    [InlineData(OpenInference, "llm.system", "openai", "openai")]
    [InlineData(Vercel, "ai.model.provider", "openai.responses", "openai")]
    public void Provider(string context, string key, object value, string expected) => Assert.Equal(expected, Span(context, key, value).Provider);

    [Theory]
    [InlineData(GenAi, "gen_ai.response.model", "m", "m", null)]
    [InlineData(GenAi, "gen_ai.request.model", "m", "m", "m")]
    [InlineData(OpenInference, "llm.response.model_name", "m", "m", null)]
    [InlineData(OpenInference, "llm.request.model_name", "m", "m", "m")]
    [InlineData(OpenInference, "llm.model_name", "m", "m", null)]
    [InlineData(OpenInference, "embedding.model_name", "m", "m", null)]
    [InlineData(OpenInference, "reranker.model_name", "m", "m", null)]
    [InlineData(OpenInference, "llm.invocation_parameters", """{"model":"m"}""", "m", "m")]
    [InlineData(Langfuse, "langfuse.observation.model.name", "m", "m", "m")]
    [InlineData(Vercel, "ai.response.model", "m", "m", null)]
    [InlineData(Vercel, "ai.model.id", "m", "m", "m")]
    public void Models(string context, string key, object value, string model, string? requested)
    {
        var span = Span(context, key, value);
        Assert.Equal((model, requested), (span.Model, span.RequestModel));
    }

    [Theory]
    [InlineData(GenAi, "gen_ai.request.temperature", 0.5, """{"temperature":0.5}""")]
    [InlineData(OpenInference, "llm.invocation_parameters", """{"top_p":1}""", """{"top_p":1}""")]
    [InlineData(Langfuse, "langfuse.observation.model.parameters", """{"top_p":1}""", """{"top_p":1}""")]
    [InlineData(Vercel, "ai.settings.maxRetries", 2, """{"maxRetries":2}""")]
    [InlineData("langsmith.span.kind=llm", "langsmith.metadata.ls_invocation_params", """{"top_p":1}""", """{"top_p":1}""")]
    public void Parameters(string context, string key, object value, string expected) => Assert.Equal(expected, Span(context, key, value).ParametersJson);

    [Theory]
    [InlineData(GenAi, "gen_ai.input.messages", Message)]
    [InlineData(GenAi, "gen_ai.prompt", Message)]
    [InlineData(OpenInference, "input.value", """{"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData(Langfuse, "langfuse.observation.input", Message)]
    [InlineData(Vercel, "ai.prompt.messages", Message)]
    [InlineData(Vercel, "ai.prompt", """{"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData(Lilypad, "lilypad.generation.messages", Message)]
    [InlineData("logfire.msg=x", "pydantic_ai.all_messages", Message)]
    [InlineData("logfire.msg=x", "all_messages_events", Message)]
    [InlineData("logfire.msg=x", "events", Message)]
    [InlineData("genkit:metadata:subtype=model", "genkit:input", """{"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("mlflow.spanType=CHAT_MODEL", "mlflow.spanInputs", """{"messages":[{"role":"user","content":"hi"}]}""")]
    public void InputMessages(string context, string key, object value)
    {
        var span = Span(context, key, value);
        Assert.Equal((Parts, true), (span.InputMessagesJson, span.Input!.Contains("hi", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(GenAi, "gen_ai.output.messages", Answer)]
    [InlineData(GenAi, "gen_ai.completion", """[{"role":"assistant","content":"hi"}]""")]
    [InlineData(Langfuse, "langfuse.observation.output", """{"role":"assistant","content":"hi"}""")]
    [InlineData(Vercel, "ai.response.text", "hi")]
    [InlineData(Vercel, "ai.result.text", "hi")]
    public void OutputMessages(string context, string key, object value)
    {
        var span = Span(context, key, value);
        Assert.Equal((Answer, true), (span.OutputMessagesJson, span.Output!.Contains("hi", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Traceloop, "traceloop.entity.input")]
    [InlineData("langfuse.observation.type=span", "langfuse.observation.input")]
    [InlineData("langfuse.observation.type=span", "langfuse.trace.input")]
    [InlineData("openinference.span.kind=CHAIN", "input.value")]
    [InlineData("openinference.span.kind=RERANKER", "reranker.query")]
    [InlineData("openinference.span.kind=TOOL", "tool.parameters")]
    [InlineData("gen_ai.operation.name=retrieval", "gen_ai.retrieval.query.text")]
    [InlineData("gen_ai.operation.name=execute_tool", "gen_ai.tool.call.arguments")]
    [InlineData("ai.operationId=ai.toolCall", "ai.toolCall.args")]
    [InlineData("ai.operationId=ai.embed.doEmbed", "ai.value")]
    [InlineData(OpenLit, "gen_ai.retrieval.query")]
    [InlineData(OpenLit, "gen_ai.tool.args")]
    [InlineData(OpenLit, "gen_ai.tool.input")]
    [InlineData(Lilypad, "lilypad.function.arg_values")]
    [InlineData("lilypad.type=trace", "lilypad.trace.arg_values")]
    [InlineData("logfire.msg=x", "tool_arguments")]
    [InlineData("x=y", "gcp.vertex.agent.tool_call_args")]
    public void Input(string context, string key) => Assert.Equal("what?", Span(context, key, "what?").Input);

    [Theory]
    [InlineData(Traceloop, "traceloop.entity.output")]
    [InlineData("langfuse.observation.type=span", "langfuse.observation.output")]
    [InlineData("langfuse.observation.type=span", "langfuse.trace.output")]
    [InlineData("openinference.span.kind=TOOL", "output.value")]
    [InlineData("gen_ai.operation.name=execute_tool", "gen_ai.tool.call.result")]
    [InlineData("ai.operationId=ai.toolCall", "ai.toolCall.result")]
    [InlineData("ai.operationId=ai.rerank.doRerank", "ai.ranking")]
    [InlineData(OpenLit, "gen_ai.tool.output")]
    [InlineData("lilypad.type=trace", "lilypad.trace.output")]
    [InlineData(Lilypad, "lilypad.generation.output")]
    [InlineData("logfire.msg=x", "tool_response")]
    [InlineData("logfire.msg=x", "final_result")]
    [InlineData("x=y", "gcp.vertex.agent.tool_response")]
    public void Output(string context, string key) => Assert.Equal("that", Span(context, key, "that").Output);

    [Theory]
    [InlineData(GenAi, "gen_ai.usage.input_tokens", 7L, SpanNumber.InputTokens)]
    [InlineData(GenAi, "gen_ai.usage.prompt_tokens", 7L, SpanNumber.InputTokens)]
    [InlineData(GenAi, "gen_ai.usage.output_tokens", 7L, SpanNumber.OutputTokens)]
    [InlineData(GenAi, "gen_ai.usage.completion_tokens", 7L, SpanNumber.OutputTokens)]
    [InlineData(GenAi, "gen_ai.usage.total_tokens", 7L, SpanNumber.TotalTokens)]
    [InlineData(GenAi, "gen_ai.usage.cache_read.input_tokens", 7L, SpanNumber.CachedInputTokens)]
    [InlineData(GenAi, "gen_ai.usage.cache_read_input_tokens", 7L, SpanNumber.CachedInputTokens)]
    [InlineData(GenAi, "gen_ai.usage.cache_creation.input_tokens", 7L, SpanNumber.CacheWriteTokens)]
    [InlineData(GenAi, "gen_ai.usage.cache_creation_input_tokens", 7L, SpanNumber.CacheWriteTokens)]
    [InlineData(OpenInference, "llm.token_count.prompt", 7L, SpanNumber.InputTokens)]
    [InlineData(OpenInference, "llm.token_count.completion", 7L, SpanNumber.OutputTokens)]
    [InlineData(OpenInference, "llm.token_count.total", 7L, SpanNumber.TotalTokens)]
    [InlineData(OpenInference, "llm.token_count.prompt_details.cache_read", 7L, SpanNumber.CachedInputTokens)]
    [InlineData(OpenInference, "llm.token_count.prompt_details.cache_input", 7L, SpanNumber.CachedInputTokens)]
    [InlineData(OpenInference, "llm.token_count.prompt_details.cache_write", 7L, SpanNumber.CacheWriteTokens)]
    [InlineData(OpenInference, "llm.token_count.completion_details.reasoning", 7L, SpanNumber.ReasoningTokens)]
    [InlineData(TraceloopCall, "llm.usage.total_tokens", 7L, SpanNumber.TotalTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"input":7}""", SpanNumber.InputTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"output":7}""", SpanNumber.OutputTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"input_cached_tokens":7}""", SpanNumber.CachedInputTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"input_cache_creation":7}""", SpanNumber.CacheWriteTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"input_cache_creation_5m":7}""", SpanNumber.CacheWriteTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"input_cache_creation_5m":3,"input_cache_creation_1h":4}""", SpanNumber.CacheWriteTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"input_cache_creation":7,"input_cache_creation_1h":4}""", SpanNumber.CacheWriteTokens)]
    [InlineData(Langfuse, "langfuse.observation.usage_details", """{"output_reasoning_tokens":7}""", SpanNumber.ReasoningTokens)]
    [InlineData(Vercel, "ai.usage.inputTokens", 7L, SpanNumber.InputTokens)]
    [InlineData(Vercel, "ai.usage.promptTokens", 7L, SpanNumber.InputTokens)]
    [InlineData("ai.operationId=ai.embed.doEmbed", "ai.usage.tokens", 7L, SpanNumber.InputTokens)]
    [InlineData(Vercel, "ai.usage.outputTokens", 7L, SpanNumber.OutputTokens)]
    [InlineData(Vercel, "ai.usage.totalTokens", 7L, SpanNumber.TotalTokens)]
    [InlineData(Vercel, "ai.usage.cachedInputTokens", 7L, SpanNumber.CachedInputTokens)]
    [InlineData(Vercel, "ai.usage.inputTokenDetails.cacheReadTokens", 7L, SpanNumber.CachedInputTokens)]
    [InlineData(Vercel, "ai.usage.inputTokenDetails.cacheWriteTokens", 7L, SpanNumber.CacheWriteTokens)]
    [InlineData(Vercel, "ai.usage.reasoningTokens", 7L, SpanNumber.ReasoningTokens)]
    [InlineData(Vercel, "ai.usage.outputTokenDetails.reasoningTokens", 7L, SpanNumber.ReasoningTokens)]
    [InlineData("langsmith.span.kind=llm", "langsmith.usage_metadata", """{"input_tokens":7}""", SpanNumber.InputTokens)]
    [InlineData("langsmith.span.kind=llm", "langsmith.usage_metadata", """{"input_token_details":{"cache_creation":7}}""", SpanNumber.CacheWriteTokens)]
    [InlineData(OpenInference, "llm.cost.total", 7e-12, SpanNumber.CostGiven)]
    [InlineData(Langfuse, "langfuse.observation.cost_details", """{"total":7e-12}""", SpanNumber.CostGiven)]
    [InlineData(OpenLit, "gen_ai.usage.cost", 7e-12, SpanNumber.CostGiven)]
    public void Number(string context, string key, object value, SpanNumber field) => Assert.Equal(7, field switch
    {
        SpanNumber.InputTokens => Span(context, key, value).InputTokens,
        SpanNumber.OutputTokens => Span(context, key, value).OutputTokens,
        SpanNumber.TotalTokens => Span(context, key, value).TotalTokens,
        SpanNumber.CachedInputTokens => Span(context, key, value).CachedInputTokens,
        SpanNumber.CacheWriteTokens => Span(context, key, value).CacheWriteTokens,
        SpanNumber.ReasoningTokens => Span(context, key, value).ReasoningTokens,
        _ => Span(context, key, value).CostGiven,
    });

    [Theory]
    [InlineData(GenAi, "gen_ai.response.finish_reasons")]
    [InlineData(OpenInference, "llm.finish_reason")]
    [InlineData(Vercel, "ai.response.finishReason")]
    public void FinishReason(string context, string key) => Assert.Equal(["stop"], Span(context, key, "stop").FinishReasons);

    [Theory]
    [InlineData(GenAi, "user.id")]
    [InlineData(GenAi, "enduser.id")]
    [InlineData(Traceloop, "traceloop.association.properties.user_id")]
    [InlineData(Langfuse, "langfuse.user.id")]
    [InlineData(Langfuse, "langfuse.trace.metadata.langfuse_user_id")]
    [InlineData(Vercel, "ai.telemetry.metadata.userId")]
    [InlineData(OpenLit, "gen_ai.request.user")]
    [InlineData("langsmith.span.kind=llm", "langsmith.metadata.user_id")]
    public void User(string context, string key) => Assert.Equal("ann", Span(context, key, "ann").UserId);

    [Theory]
    [InlineData(GenAi, "gen_ai.conversation.id")]
    [InlineData(OpenInference, "session.id")]
    [InlineData(Traceloop, "traceloop.association.properties.session_id")]
    [InlineData(Langfuse, "langfuse.session.id")]
    [InlineData(Langfuse, "langfuse.trace.metadata.langfuse_session_id")]
    [InlineData(Vercel, "ai.telemetry.metadata.sessionId")]
    [InlineData(Lilypad, "lilypad.session_id")]
    [InlineData("langsmith.span.kind=llm", "langsmith.metadata.session_id")]
    [InlineData("langsmith.span.kind=llm", "langsmith.metadata.thread_id")]
    public void Session(string context, string key) => Assert.Equal("s1", Span(context, key, "s1").SessionId);

    [Theory]
    [InlineData(OpenInference, "tag.tags", """["a","b"]""")]
    [InlineData(Langfuse, "langfuse.trace.tags", """["a","b"]""")]
    [InlineData(Langfuse, "langfuse.tags", """["a","b"]""")]
    [InlineData(Vercel, "ai.telemetry.metadata.tags", """["a","b"]""")]
    [InlineData(Lilypad, "lilypad.trace.tags", """["a","b"]""")]
    [InlineData("langsmith.span.kind=llm", "langsmith.span.tags", "a, b")]
    public void Tags(string context, string key, string value) => Assert.Equal(["a", "b"], Span(context, key, value).Tags);

    [Theory]
    [InlineData(GenAi, "deployment.environment.name")]
    [InlineData(GenAi, "deployment.environment")]
    [InlineData(Langfuse, "langfuse.environment")]
    [InlineData(OpenLit, "gen_ai.environment")]
    public void Environment(string context, string key) => Assert.Equal("canary", Span(context, key, "canary").Environment);

    [Theory]
    [InlineData(OpenInference, "prompt.id", "greeting", "greeting", null)]
    [InlineData(OpenInference, "llm.prompt_template.version", "3", null, "3")]
    [InlineData(Langfuse, "langfuse.observation.prompt.name", "greeting", "greeting", null)]
    [InlineData(Langfuse, "langfuse.observation.prompt.version", 3, null, "3")]
    [InlineData(Vercel, "ai.telemetry.metadata.langfusePrompt", """{"name":"greeting","version":3}""", "greeting", "3")]
    [InlineData(Lilypad, "lilypad.function.name", "greeting", "greeting", null)]
    [InlineData(Lilypad, "lilypad.function.version", "3", null, "3")]
    public void Prompt(string context, string key, object value, string? name, string? version)
    {
        var span = Span(context, key, value);
        Assert.Equal((name, version), (span.PromptName, span.PromptVersion));
    }

    [Theory]
    [InlineData(GenAi, "gen_ai.tool.definitions", """[{"name":"f"}]""")]
    [InlineData(OpenInference, "llm.tools.0.tool.json_schema", """{"name":"f"}""")]
    [InlineData(Vercel, "ai.prompt.tools", """[{"name":"f"}]""")]
    [InlineData(TraceloopCall, "llm.request.functions.0.name", "f")]
    public void Tools(string context, string key, string value) => Assert.Equal("""[{"name":"f"}]""", Span(context, key, value).ToolsJson);

    [Theory]
    [InlineData("gen_ai.operation.name=execute_tool", "gen_ai.tool.name")]
    [InlineData("openinference.span.kind=TOOL", "tool.name")]
    [InlineData("traceloop.span.kind=tool", "traceloop.entity.name")]
    [InlineData("ai.operationId=ai.toolCall", "ai.toolCall.name")]
    public void ToolName(string context, string key)
    {
        var span = Span(context, key, "search");
        Assert.Equal(("search", StoredKind.Tool), (span.ToolName, span.Kind));
    }

    [Theory]
    [InlineData("gen_ai.operation.name=retrieval", "gen_ai.retrieval.documents", """[{"content":"d"}]""")]
    [InlineData("openinference.span.kind=RETRIEVER", "retrieval.documents.0.document.content", "d")]
    [InlineData("openinference.span.kind=RERANKER", "reranker.output_documents.0.document.content", "d")]
    [InlineData("langfuse.observation.type=retriever", "langfuse.observation.output", """[{"content":"d"}]""")]
    [InlineData("ai.operationId=ai.rerank.doRerank", "ai.documents", """[{"content":"d"}]""")]
    public void Documents(string context, string key, string value) => Assert.Equal("""[{"content":"d"}]""", Span(context, key, value).DocumentsJson);

    [Theory]
    [InlineData("gen_ai.operation.name=embeddings", StoredKind.Embedding)]
    [InlineData("gen_ai.operation.name=retrieval", StoredKind.Retriever)]
    [InlineData("gen_ai.operation.name=plan", StoredKind.Chain)]
    [InlineData("gen_ai.operation.name=create_agent", StoredKind.Agent)]
    [InlineData("openinference.span.kind=GUARDRAIL", StoredKind.Guardrail)]
    [InlineData("openinference.span.kind=EVALUATOR", StoredKind.Evaluator)]
    [InlineData("openinference.span.kind=PROMPT", StoredKind.Chain)]
    [InlineData("traceloop.span.kind=task", StoredKind.Chain)]
    [InlineData("llm.request.type=completion", StoredKind.Generation)]
    [InlineData("langfuse.observation.type=embedding", StoredKind.Embedding)]
    [InlineData("langfuse.observation.type=event", StoredKind.Span)]
    [InlineData("ai.operationId=ai.streamText.doStream", StoredKind.Generation)]
    [InlineData("ai.operationId=ai.rerank.doRerank", StoredKind.Reranker)]
    [InlineData("lilypad.type=trace", StoredKind.Chain)]
    [InlineData("langsmith.span.kind=retriever", StoredKind.Retriever)]
    [InlineData("mlflow.spanType=CHAT_MODEL", StoredKind.Generation)]
    [InlineData("genkit:metadata:subtype=model", StoredKind.Generation)]
    [InlineData("gen_ai.evaluation.name=relevance", StoredKind.Evaluator)]
    [InlineData("gen_ai.agent.name=helper", StoredKind.Agent)]
    public void Kind(string context, StoredKind expected) => Assert.Equal(expected, Span(context, "note", "x").Kind);

    [Theory]
    [InlineData("ERROR", StoredStatus.Error, "broken")]
    [InlineData("DEFAULT", StoredStatus.Unset, null)]
    public void Level_OfLangfuse_IsTheStatus(string level, StoredStatus status, string? message)
    {
        var span = Mapped.Span(("langfuse.observation.level", level), ("langfuse.observation.status_message", "broken"));
        Assert.Equal((status, message), (span.Status, span.StatusMessage));
    }

    [Fact]
    public void CompletionStart_OfLangfuse_IsATimeStamp() =>
        Assert.Equal(
            Mapped.Second,
            Span(
                Langfuse, "langfuse.observation.completion_start_time",
                DateTimeOffset.UnixEpoch.AddTicks((Mapped.Start + Mapped.Second) / 100).ToString("O", CultureInfo.InvariantCulture)).TimeToFirstTokenNano);

    [Fact]
    public void ResultsOfASearch_ThatTraceloopTellsInEvents_AreDocuments()
    {
        const string body = """
            {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"@traceloop/instrumentation-chromadb"},"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","name":"chroma.query","events":[
            {"name":"db.query.result","attributes":[{"key":"db.query.result.id","value":{"stringValue":"d1"}},{"key":"db.query.result.document","value":{"stringValue":"first"}},{"key":"db.query.result.distance","value":{"doubleValue":0.5}}]},
            {"name":"db.query.result","attributes":[{"key":"db.query.result.id","value":{"stringValue":"d2"}},{"key":"note","value":{"stringValue":"x"}}]}]}]}]}]}
            """;
        var span = new SpanMapper(new()).MapTraces(
            System.Text.Encoding.UTF8.GetBytes(body), OtlpEncoding.Json, MappingSettings.Default).Batch.ToRecords().Single();
        Assert.Equal((StoredKind.Retriever, """[{"id":"d1","content":"first","distance":0.5},{"id":"d2"}]"""), (span.Kind, span.DocumentsJson));
    }

    [Fact]
    public void TraceName_OfLangfuse_IsKept() => Assert.Equal("checkout", Span(Langfuse, "langfuse.trace.name", "checkout").TraceName);

    private static SpanRecord Span(string context, string key, object value)
    {
        var parts = context.Split('=');
        return Mapped.Span((parts[0], parts[1]), (key, value));
    }
}
