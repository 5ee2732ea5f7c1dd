using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>The OpenInference conventions.</summary>
/// <remarks>https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md</remarks>
internal sealed class OpenInference : IDialect
{
    private static readonly AttributeKey Kind = "openinference.span.kind";
    private static readonly AttributeKey Model = "llm.model_name";
    private static readonly AttributeKey ResponseModel = "llm.response.model_name";
    private static readonly AttributeKey RequestModel = "llm.request.model_name";
    private static readonly AttributeKey EmbeddingModel = "embedding.model_name";
    private static readonly AttributeKey RerankerModel = "reranker.model_name";
    private static readonly AttributeKey Provider = "llm.provider";
    private static readonly AttributeKey System = "llm.system";
    private static readonly AttributeKey Parameters = "llm.invocation_parameters";
    private static readonly AttributeKey Input = "input.value";
    private static readonly AttributeKey Output = "output.value";
    private static readonly AttributeKey PromptTokens = "llm.token_count.prompt";
    private static readonly AttributeKey CompletionTokens = "llm.token_count.completion";
    private static readonly AttributeKey TotalTokens = "llm.token_count.total";
    private static readonly AttributeKey CacheRead = "llm.token_count.prompt_details.cache_read";
    private static readonly AttributeKey CacheInput = "llm.token_count.prompt_details.cache_input";
    private static readonly AttributeKey CacheWrite = "llm.token_count.prompt_details.cache_write";
    private static readonly AttributeKey Reasoning = "llm.token_count.completion_details.reasoning";
    private static readonly AttributeKey Cost = "llm.cost.total";
    private static readonly AttributeKey FinishReason = "llm.finish_reason";
    private static readonly AttributeKey Tags = "tag.tags";
    private static readonly AttributeKey ToolName = "tool.name";
    private static readonly AttributeKey ToolParameters = "tool.parameters";
    private static readonly AttributeKey PromptId = "prompt.id";
    private static readonly AttributeKey PromptVersion = "llm.prompt_template.version";
    private static readonly AttributeKey Query = "reranker.query";

    public ReadOnlySpan<byte> Name => "openinference"u8;

    public bool Recognises(in SpanSource source) => source.Has(Kind) || source.Has(Model) || source.Has(EmbeddingModel);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(Kind, out var kind)) draft.Kind(OperationKinds.Of(kind));
        draft.Text(SpanText.Provider, source, Provider, System);
        draft.Text(SpanText.Model, source, ResponseModel, Model, EmbeddingModel, RerankerModel);
        draft.Text(SpanText.RequestModel, source, RequestModel);
        RequestedModel(source, draft);
        draft.Json(SpanText.Parameters, source, Parameters);
        Content(source, draft);
        Usage(source, draft);
        draft.List(SpanList.FinishReasons, source, FinishReason);
        draft.List(SpanList.Tags, source, Tags);
        draft.Text(SpanText.ToolName, source, ToolName);
        draft.Text(SpanText.PromptName, source, PromptId);
        draft.Text(SpanText.PromptVersion, source, PromptVersion);
    }

    private static void RequestedModel(in SpanSource source, SpanDraft draft)
    {
        if (draft.Writer.Has(SpanText.RequestModel)) return;
        using var parameters = draft.Tapes.Rent();
        if (draft.TryObject(source, Parameters, parameters)) draft.Text(SpanText.RequestModel, parameters.Root, "model", "model_name");
    }

    private static void Content(in SpanSource source, SpanDraft draft)
    {
        draft.FlatMessages(SpanText.InputMessages, source, "llm.input_messages."u8);
        draft.FlatMessages(SpanText.OutputMessages, source, "llm.output_messages."u8);
        draft.FlatList(SpanText.Tools, source, "llm.tools."u8, "tool");
        draft.FlatList(SpanText.Documents, source, "retrieval.documents."u8, "document");
        draft.FlatList(SpanText.Documents, source, "reranker.output_documents."u8, "document");
        draft.Text(SpanText.Input, source, ToolParameters, Query);
        var isModel = draft.Writer.Kind is StoredKind.Generation;
        if (isModel)
        {
            draft.Content(isInput: true, source, Input);
            draft.Content(isInput: false, source, Output);
        }
        draft.Text(SpanText.Input, source, Input);
        draft.Text(SpanText.Output, source, Output);
    }

    private static void Usage(in SpanSource source, SpanDraft draft)
    {
        draft.Count(SpanNumber.InputTokens, source, PromptTokens);
        draft.Count(SpanNumber.OutputTokens, source, CompletionTokens);
        draft.Count(SpanNumber.TotalTokens, source, TotalTokens);
        draft.Count(SpanNumber.CachedInputTokens, source, CacheRead, CacheInput);
        draft.Count(SpanNumber.CacheWriteTokens, source, CacheWrite);
        draft.Count(SpanNumber.ReasoningTokens, source, Reasoning);
        draft.CostGiven(source, Cost);
    }
}
