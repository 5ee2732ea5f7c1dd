using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>Plumbline's own attributes: the prompt version behind a call, for which the standard has no name, and a trace's name, session,
/// user and tags.</summary>
internal sealed class PlumblineNames : IDialect
{
    private static readonly AttributeKey PromptName = "plumbline.prompt.name";
    private static readonly AttributeKey PromptVersion = "plumbline.prompt.version";
    private static readonly AttributeKey TraceName = "plumbline.trace.name";
    private static readonly AttributeKey SessionId = "plumbline.session.id";
    private static readonly AttributeKey UserId = "plumbline.user.id";
    private static readonly AttributeKey Tags = "plumbline.tags";

    public ReadOnlySpan<byte> Name => "plumbline"u8;

    public bool IsFallback => true;

    public bool Recognises(in SpanSource source) => source.Has(KeyFamilies.Plumbline);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        draft.Text(SpanText.PromptName, source, PromptName);
        draft.Text(SpanText.PromptVersion, source, PromptVersion);
        draft.Text(SpanText.TraceName, source, TraceName);
        draft.Text(SpanText.SessionId, source, SessionId);
        draft.Text(SpanText.UserId, source, UserId);
        draft.List(SpanList.Tags, source, Tags);
    }
}
