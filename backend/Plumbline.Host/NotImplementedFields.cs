namespace Plumbline.Host;

/// <summary>The fields of the schema that answer NOT_IMPLEMENTED. Whoever binds one removes its line.</summary>
internal static class NotImplementedFields
{
    public static string[] All { get; } =
    [
        "Mutation.addComment",
        "Mutation.cancelPlaygroundRun",
        "Mutation.deleteModelProvider",
        "Mutation.deleteSsoConnection",
        "Mutation.eraseData",
        "Mutation.resolveComment",
        "Mutation.saveModelPrice",
        "Mutation.saveModelProvider",
        "Mutation.saveSsoConnection",
        "Mutation.startPlaygroundRun",
        "Organization.modelPrices",
        "Organization.ssoConnections",
        "PlaygroundRun.trace",
        "Project.facets",
        "Project.providers",
        "Project.sessions",
        "Project.spans",
        "Project.stats",
        "Project.trace",
        "Project.traces",
        "PromptVersion.stats",
        "Span.promptVersion",
        "Subscription.playgroundRun",
        "Subscription.traceUpdated",
        "Trace.comments",
        "Trace.promptVersions",
    ];
}
