using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>The OpenTelemetry GenAI conventions from version 1.37 on, with the aliases of the versions before.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/gen-ai/</remarks>
internal sealed class GenAi : IDialect
{
    private const double NanosPerSecond = 1e9;

    private static readonly AttributeKey Operation = "gen_ai.operation.name";
    private static readonly AttributeKey Provider = "gen_ai.provider.name";
    private static readonly AttributeKey System = "gen_ai.system";
    private static readonly AttributeKey ResponseModel = "gen_ai.response.model";
    private static readonly AttributeKey RequestModel = "gen_ai.request.model";
    private static readonly AttributeKey InputMessages = "gen_ai.input.messages";
    private static readonly AttributeKey OutputMessages = "gen_ai.output.messages";
    private static readonly AttributeKey SystemInstructions = "gen_ai.system_instructions";
    private static readonly AttributeKey ToolDefinitions = "gen_ai.tool.definitions";
    private static readonly AttributeKey InputTokens = "gen_ai.usage.input_tokens";
    private static readonly AttributeKey OutputTokens = "gen_ai.usage.output_tokens";
    private static readonly AttributeKey PromptTokens = "gen_ai.usage.prompt_tokens";
    private static readonly AttributeKey CompletionTokens = "gen_ai.usage.completion_tokens";
    private static readonly AttributeKey DotNetInputTokens = "gen_ai.response.input_tokens";
    private static readonly AttributeKey DotNetOutputTokens = "gen_ai.response.output_tokens";
    private static readonly AttributeKey TotalTokens = "gen_ai.usage.total_tokens";
    private static readonly AttributeKey CacheRead = "gen_ai.usage.cache_read.input_tokens";
    private static readonly AttributeKey CacheReadOld = "gen_ai.usage.cache_read_input_tokens";
    private static readonly AttributeKey CacheWrite = "gen_ai.usage.cache_creation.input_tokens";
    private static readonly AttributeKey CacheWriteOld = "gen_ai.usage.cache_creation_input_tokens";
    private static readonly AttributeKey Reasoning = "gen_ai.usage.reasoning.output_tokens";
    private static readonly AttributeKey ReasoningOld = "gen_ai.usage.reasoning_tokens";
    private static readonly AttributeKey FirstChunk = "gen_ai.response.time_to_first_chunk";
    private static readonly AttributeKey FirstChunkClient = "gen_ai.client.operation.time_to_first_chunk";
    private static readonly AttributeKey FinishReasons = "gen_ai.response.finish_reasons";
    private static readonly AttributeKey Conversation = "gen_ai.conversation.id";
    private static readonly AttributeKey PromptName = "gen_ai.prompt.name";
    private static readonly AttributeKey ToolName = "gen_ai.tool.name";
    private static readonly AttributeKey ToolArguments = "gen_ai.tool.call.arguments";
    private static readonly AttributeKey ToolResult = "gen_ai.tool.call.result";
    private static readonly AttributeKey RetrievalQuery = "gen_ai.retrieval.query.text";
    private static readonly AttributeKey RetrievalDocuments = "gen_ai.retrieval.documents";

    public ReadOnlySpan<byte> Name => "gen_ai"u8;

    public bool Recognises(in SpanSource source) => source.Has(KeyFamilies.GenAi);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        draft.Text(SpanText.Operation, source, Operation);
        if (source.Text(Operation, out var operation)) draft.Kind(OperationKinds.Of(operation));
        draft.Text(SpanText.Provider, source, Provider, System);
        draft.Text(SpanText.Model, source, ResponseModel);
        draft.Text(SpanText.RequestModel, source, RequestModel);
        RequestParameters.Write(source, draft);
        Messages(source, draft);
        Usage(source, draft);
        draft.TimeToFirstToken(source, NanosPerSecond, FirstChunk, FirstChunkClient);
        draft.List(SpanList.FinishReasons, source, FinishReasons);
        draft.Text(SpanText.SessionId, source, Conversation);
        draft.Text(SpanText.PromptName, source, PromptName);
    }

    private static void Messages(in SpanSource source, SpanDraft draft)
    {
        draft.InputMessagesWithSystem(source, SystemInstructions, InputMessages);
        draft.OutputMessages(source, OutputMessages);
        draft.Json(SpanText.Tools, source, ToolDefinitions);
        draft.Text(SpanText.ToolName, source, ToolName);
        draft.Text(SpanText.Input, source, ToolArguments, RetrievalQuery);
        draft.Text(SpanText.Output, source, ToolResult);
        draft.Json(SpanText.Documents, source, RetrievalDocuments);
    }

    private static void Usage(in SpanSource source, SpanDraft draft)
    {
        draft.Count(SpanNumber.InputTokens, source, InputTokens, PromptTokens, DotNetInputTokens);
        draft.Count(SpanNumber.OutputTokens, source, OutputTokens, CompletionTokens, DotNetOutputTokens);
        draft.Count(SpanNumber.TotalTokens, source, TotalTokens);
        draft.Count(SpanNumber.CachedInputTokens, source, CacheRead, CacheReadOld);
        draft.Count(SpanNumber.CacheWriteTokens, source, CacheWrite, CacheWriteOld);
        draft.Count(SpanNumber.ReasoningTokens, source, Reasoning, ReasoningOld);
    }
}
