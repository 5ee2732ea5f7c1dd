using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>The GenAI conventions before 1.28: contents in <c>gen_ai.prompt</c> and <c>gen_ai.completion</c>, whole or flattened by number.</summary>
internal sealed class GenAiIndexed : IDialect
{
    private static readonly AttributeKey Prompt = "gen_ai.prompt";
    private static readonly AttributeKey Completion = "gen_ai.completion";

    public ReadOnlySpan<byte> Name => "gen_ai.indexed"u8;

    // gen_ai.prompt.name is another thing: only numbers count.
    public bool Recognises(in SpanSource source) =>
        source.Has(KeyFamilies.GenAiContent)
        && (source.Has(Prompt) || source.Has(Completion) || source.HasIndexed("gen_ai.prompt."u8) || source.HasIndexed("gen_ai.completion."u8));

    public void Map(in SpanSource source, SpanDraft draft)
    {
        draft.FlatMessages(SpanText.InputMessages, source, "gen_ai.prompt."u8);
        draft.FlatMessages(SpanText.OutputMessages, source, "gen_ai.completion."u8);
        if (draft.Writer.Kind is StoredKind.Generation or StoredKind.Span)
        {
            draft.Content(isInput: true, source, Prompt);
            draft.Content(isInput: false, source, Completion);
        }
        draft.Text(SpanText.Input, source, Prompt);
        draft.Text(SpanText.Output, source, Completion);
    }
}
