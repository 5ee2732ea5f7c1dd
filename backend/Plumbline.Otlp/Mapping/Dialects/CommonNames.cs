using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>OpenTelemetry names that are not about models: session, user, environment.</summary>
internal sealed class CommonNames : IDialect
{
    private static readonly AttributeKey SessionId = "session.id";
    private static readonly AttributeKey UserId = "user.id";
    private static readonly AttributeKey EndUserId = "enduser.id";
    private static readonly AttributeKey Environment = "deployment.environment.name";
    private static readonly AttributeKey EnvironmentOld = "deployment.environment";

    public ReadOnlySpan<byte> Name => "opentelemetry"u8;

    public bool IsFallback => true;

    public bool Recognises(in SpanSource source) => true;

    public void Map(in SpanSource source, SpanDraft draft)
    {
        draft.Text(SpanText.SessionId, source, SessionId);
        draft.Text(SpanText.UserId, source, UserId, EndUserId);
        draft.Text(SpanText.Environment, source, Environment, EnvironmentOld);
    }
}
