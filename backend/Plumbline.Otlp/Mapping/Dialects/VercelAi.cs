using Plumbline.Otlp.Mapping.Messages;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>The Vercel AI SDK's own attributes.</summary>
/// <remarks>https://ai-sdk.dev/docs/ai-sdk-core/telemetry</remarks>
internal sealed class VercelAi : IDialect
{
    private const double NanosPerMillisecond = 1e6;

    private static readonly AttributeKey OperationId = "ai.operationId";
    private static readonly AttributeKey Provider = "ai.model.provider";
    private static readonly AttributeKey ModelId = "ai.model.id";
    private static readonly AttributeKey ResponseModel = "ai.response.model";
    private static readonly AttributeKey Prompt = "ai.prompt";
    private static readonly AttributeKey PromptMessages = "ai.prompt.messages";
    private static readonly AttributeKey PromptTools = "ai.prompt.tools";
    private static readonly AttributeKey ResponseText = "ai.response.text";
    private static readonly AttributeKey ResponseObject = "ai.response.object";
    private static readonly AttributeKey ResponseToolCalls = "ai.response.toolCalls";
    private static readonly AttributeKey ResponseReasoning = "ai.response.reasoning";
    private static readonly AttributeKey ResultText = "ai.result.text";
    private static readonly AttributeKey ResultObject = "ai.result.object";
    private static readonly AttributeKey ResultToolCalls = "ai.result.toolCalls";
    private static readonly AttributeKey FinishReason = "ai.response.finishReason";
    private static readonly AttributeKey InputTokens = "ai.usage.inputTokens";
    private static readonly AttributeKey PromptTokens = "ai.usage.promptTokens";
    private static readonly AttributeKey EmbeddingTokens = "ai.usage.tokens";
    private static readonly AttributeKey OutputTokens = "ai.usage.outputTokens";
    private static readonly AttributeKey CompletionTokens = "ai.usage.completionTokens";
    private static readonly AttributeKey TotalTokens = "ai.usage.totalTokens";
    private static readonly AttributeKey CachedTokens = "ai.usage.cachedInputTokens";
    private static readonly AttributeKey CacheReadTokens = "ai.usage.inputTokenDetails.cacheReadTokens";
    private static readonly AttributeKey CacheWriteTokens = "ai.usage.inputTokenDetails.cacheWriteTokens";
    private static readonly AttributeKey ReasoningTokens = "ai.usage.reasoningTokens";
    private static readonly AttributeKey ReasoningDetails = "ai.usage.outputTokenDetails.reasoningTokens";
    private static readonly AttributeKey FirstChunk = "ai.response.msToFirstChunk";
    private static readonly AttributeKey FirstChunkStream = "ai.stream.msToFirstChunk";
    private static readonly AttributeKey ToolName = "ai.toolCall.name";
    private static readonly AttributeKey ToolArguments = "ai.toolCall.args";
    private static readonly AttributeKey ToolResult = "ai.toolCall.result";
    private static readonly AttributeKey EmbeddedValue = "ai.value";
    private static readonly AttributeKey EmbeddedValues = "ai.values";
    private static readonly AttributeKey Documents = "ai.documents";
    private static readonly AttributeKey Ranking = "ai.ranking";
    private static readonly AttributeKey User = "ai.telemetry.metadata.userId";
    private static readonly AttributeKey Session = "ai.telemetry.metadata.sessionId";
    private static readonly AttributeKey Tags = "ai.telemetry.metadata.tags";
    private static readonly AttributeKey LangfusePrompt = "ai.telemetry.metadata.langfusePrompt";

    public ReadOnlySpan<byte> Name => "vercel-ai"u8;

    public bool Recognises(in SpanSource source) => source.Has(OperationId);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(OperationId, out var operation)) Operation(operation, draft);
        draft.Text(SpanText.Operation, source, OperationId);
        draft.Text(SpanText.Provider, source, Provider);
        draft.Text(SpanText.Model, source, ResponseModel);
        draft.Text(SpanText.RequestModel, source, ModelId);
        RequestParameters.Write(source, draft, "ai.settings."u8, "ai.settings."u8);
        draft.InputMessages(source, PromptMessages);
        draft.Content(isInput: true, source, Prompt);
        Output(source, draft);
        Usage(source, draft);
        draft.TimeToFirstToken(source, NanosPerMillisecond, FirstChunk, FirstChunkStream);
        draft.List(SpanList.FinishReasons, source, FinishReason);
        Tool(source, draft);
        draft.Text(SpanText.UserId, source, User);
        draft.Text(SpanText.SessionId, source, Session);
        draft.List(SpanList.Tags, source, Tags);
        using var prompt = draft.Tapes.Rent();
        if (!draft.TryObject(source, LangfusePrompt, prompt)) return;
        draft.Text(SpanText.PromptName, prompt.Root, "name");
        draft.Text(SpanText.PromptVersion, prompt.Root, "version");
    }

    // The outer span of a call repeats the usage of the calls it makes.
    private static void Operation(ReadOnlySpan<byte> operation, SpanDraft draft)
    {
        if (operation.EndsWith(".doGenerate"u8) || operation.EndsWith(".doStream"u8)) draft.Kind(StoredKind.Generation);
        else if (operation.EndsWith(".doEmbed"u8)) draft.Kind(StoredKind.Embedding);
        else if (operation.EndsWith(".doRerank"u8)) draft.Kind(StoredKind.Reranker);
        else if (operation.SequenceEqual("ai.toolCall"u8)) draft.Kind(StoredKind.Tool);
        else
        {
            draft.RepeatsUsage = true;
            draft.Kind(StoredKind.Chain);
        }
    }

    private static void Output(in SpanSource source, SpanDraft draft)
    {
        if (draft.Writer.Has(SpanText.OutputMessages)) return;
        source.TryFirst([ResponseText, ResultText, ResponseObject, ResultObject], out var text);
        source.TryFirst([ResponseReasoning], out var reasoning);
        source.TryFirst([ResponseToolCalls, ResultToolCalls], out var calls);
        if (text.Kind != AnyKind.String && reasoning.Kind != AnyKind.String && calls.Kind != AnyKind.String) return;
        using var tape = draft.Tapes.Rent();
        draft.BeginMessages().Answer(Text(text), Text(reasoning), EmbeddedJson.TryParse(Text(calls), tape) ? tape.Root : default);
        draft.EndMessages(SpanText.OutputMessages, found: true);
    }

    private static ReadOnlySpan<byte> Text(AnyValue value) => value.Kind == AnyKind.String ? value.Bytes : default;

    private static void Usage(in SpanSource source, SpanDraft draft)
    {
        draft.Count(SpanNumber.InputTokens, source, InputTokens, PromptTokens, EmbeddingTokens);
        draft.Count(SpanNumber.OutputTokens, source, OutputTokens, CompletionTokens);
        draft.Count(SpanNumber.TotalTokens, source, TotalTokens);
        draft.Count(SpanNumber.CachedInputTokens, source, CachedTokens, CacheReadTokens);
        draft.Count(SpanNumber.CacheWriteTokens, source, CacheWriteTokens);
        draft.Count(SpanNumber.ReasoningTokens, source, ReasoningTokens, ReasoningDetails);
    }

    private static void Tool(in SpanSource source, SpanDraft draft)
    {
        draft.Json(SpanText.Tools, source, PromptTools);
        draft.Text(SpanText.ToolName, source, ToolName);
        draft.Text(SpanText.Input, source, ToolArguments, EmbeddedValue, EmbeddedValues);
        draft.Text(SpanText.Output, source, ToolResult, Ranking);
        draft.Json(SpanText.Documents, source, Documents);
    }
}
