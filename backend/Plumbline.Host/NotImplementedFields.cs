namespace Plumbline.Host;

/// <summary>The fields of the schema that answer NOT_IMPLEMENTED. Whoever binds one removes its line.</summary>
internal static class NotImplementedFields
{
    public static string[] All { get; } =
    [
        "Mutation.addComment",
        "Mutation.addToDataset",
        "Mutation.addToReviewQueue",
        "Mutation.adjudicate",
        "Mutation.claimNextReview",
        "Mutation.closeReviewQueue",
        "Mutation.createDataset",
        "Mutation.createReviewQueue",
        "Mutation.deleteSsoConnection",
        "Mutation.eraseData",
        "Mutation.removeDatasetItems",
        "Mutation.requestExtraReview",
        "Mutation.resolveComment",
        "Mutation.revealItem",
        "Mutation.reviseReview",
        "Mutation.saveModelPrice",
        "Mutation.saveSsoConnection",
        "Mutation.skipReview",
        "Mutation.snapshotDataset",
        "Mutation.submitReview",
        "Mutation.undoReview",
        "Mutation.updateDatasetItem",
        "Mutation.updateReviewQueue",
        "Organization.modelPrices",
        "Organization.ssoConnections",
        "PlaygroundRun.trace",
        "Project.dataset",
        "Project.datasets",
        "Project.reviewQueue",
        "Project.reviewQueues",
        "PromptVersion.stats",
        "Subscription.reviewQueueProgress",
        "Trace.comments",
        "Trace.datasets",
        "Trace.verdict",
        "Viewer.reviewInbox",
    ];
}
