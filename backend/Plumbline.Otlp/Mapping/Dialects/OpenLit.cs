using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>What OpenLIT adds to the GenAI conventions.</summary>
/// <remarks>https://github.com/openlit/openlit</remarks>
internal sealed class OpenLit : IDialect
{
    private const double NanosPerSecond = 1e9;

    private static readonly AttributeKey Application = "gen_ai.application_name";
    private static readonly AttributeKey Cost = "gen_ai.usage.cost";
    private static readonly AttributeKey FirstToken = "gen_ai.server.time_to_first_token";
    private static readonly AttributeKey Environment = "gen_ai.environment";
    private static readonly AttributeKey User = "gen_ai.request.user";
    private static readonly AttributeKey ToolArguments = "gen_ai.tool.args";
    private static readonly AttributeKey ToolInput = "gen_ai.tool.input";
    private static readonly AttributeKey ToolOutput = "gen_ai.tool.output";
    private static readonly AttributeKey RetrievalQuery = "gen_ai.retrieval.query";
    private static readonly AttributeKey Operation = "gen_ai.operation.name";

    public ReadOnlySpan<byte> Name => "openlit"u8;

    public bool Recognises(in SpanSource source) => source.SdkName.SequenceEqual("openlit"u8) || source.Has(Application) || source.Has(Cost);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        draft.CostGiven(source, Cost);
        draft.TimeToFirstToken(source, NanosPerSecond, FirstToken);
        draft.Text(SpanText.Environment, source, Environment);
        draft.Text(SpanText.UserId, source, User);
        draft.Text(SpanText.Input, source, RetrievalQuery);
        // On a model call the tool attributes list the calls that the model asked for; the call is no tool for it.
        if (source.Has(Operation)) return;
        draft.Text(SpanText.Input, source, ToolArguments, ToolInput);
        draft.Text(SpanText.Output, source, ToolOutput);
    }
}
