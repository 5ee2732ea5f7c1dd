using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>What Lilypad sends.</summary>
/// <remarks>https://github.com/Mirascope/lilypad</remarks>
internal sealed class Lilypad : IDialect
{
    private static readonly AttributeKey Type = "lilypad.type";
    private static readonly AttributeKey Session = "lilypad.session_id";
    private static readonly AttributeKey Tags = "lilypad.trace.tags";
    private static readonly AttributeKey FunctionName = "lilypad.function.name";
    private static readonly AttributeKey FunctionVersion = "lilypad.function.version";
    private static readonly AttributeKey FunctionArguments = "lilypad.function.arg_values";
    private static readonly AttributeKey GenerationMessages = "lilypad.generation.messages";
    private static readonly AttributeKey TraceArguments = "lilypad.trace.arg_values";
    private static readonly AttributeKey GenerationArguments = "lilypad.generation.arg_values";
    private static readonly AttributeKey TraceOutput = "lilypad.trace.output";
    private static readonly AttributeKey GenerationOutput = "lilypad.generation.output";
    private static readonly AttributeKey FunctionOutput = "lilypad.function.output";
    private static readonly AttributeKey GenerationResponse = "lilypad.generation.response";

    public ReadOnlySpan<byte> Name => "lilypad"u8;

    public bool Recognises(in SpanSource source) => source.Has(KeyFamilies.Lilypad);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(Type, out var type))
            draft.Kind(type.SequenceEqual("generation"u8) ? StoredKind.Generation : type.SequenceEqual("trace"u8) ? StoredKind.Chain : null);
        draft.InputMessages(source, GenerationMessages);
        draft.Text(SpanText.Input, source, FunctionArguments, GenerationArguments, TraceArguments);
        draft.Content(isInput: false, source, GenerationOutput, GenerationResponse, TraceOutput, FunctionOutput);
        draft.Text(SpanText.SessionId, source, Session);
        draft.List(SpanList.Tags, source, Tags);
        draft.Text(SpanText.PromptName, source, FunctionName);
        draft.Text(SpanText.PromptVersion, source, FunctionVersion);
    }
}
