using Plumbline.Contracts;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>Which kind of id each input of the schema takes. An input that is not here fails the walk, so that new ones are thought about.</summary>
internal static class IdKinds
{
    private static readonly Dictionary<string, string> ByName = new()
    {
        ["organizationId"] = NodeKinds.Organization,
        ["projectId"] = NodeKinds.Project,
        ["userId"] = NodeKinds.User,
        ["keysToUserId"] = NodeKinds.User,
        ["reviewerIds"] = NodeKinds.User,
        ["queueId"] = NodeKinds.ReviewQueue,
        ["inReviewQueue"] = NodeKinds.ReviewQueue,
        ["spanId"] = NodeKinds.Span,
        ["spanIds"] = NodeKinds.Span,
        ["traceId"] = NodeKinds.Trace,
        ["traceIds"] = NodeKinds.Trace,
        ["parentId"] = NodeKinds.Comment,
        ["promptId"] = NodeKinds.Prompt,
        ["providerId"] = NodeKinds.ModelProvider,
        ["assignmentId"] = NodeKinds.ReviewAssignment,
        ["reviewId"] = NodeKinds.Review,
        ["itemId"] = NodeKinds.ReviewItem,
        ["itemIds"] = NodeKinds.DatasetItem,
        ["datasetId"] = NodeKinds.Dataset,
        ["inDataset"] = NodeKinds.Dataset,
    };

    private static readonly Dictionary<string, string> ByField = new()
    {
        ["project"] = NodeKinds.Project,
        ["node"] = NodeKinds.Project,
        ["loadSampleProject"] = NodeKinds.Project,
        ["revokeApiKey"] = NodeKinds.ApiKey,
        ["revokeInvitation"] = NodeKinds.Invitation,
        ["confirmJoinRequest"] = NodeKinds.JoinRequest,
        ["declineJoinRequest"] = NodeKinds.JoinRequest,
        ["saveSsoConnection"] = "sso",
        ["deleteSsoConnection"] = "sso",
        ["saveModelProvider"] = NodeKinds.ModelProvider,
        ["deleteModelProvider"] = NodeKinds.ModelProvider,
        ["archivePrompt"] = NodeKinds.Prompt,
        ["restorePrompt"] = NodeKinds.Prompt,
        ["cancelPlaygroundRun"] = NodeKinds.PlaygroundRun,
        ["playgroundRun"] = NodeKinds.PlaygroundRun,
        ["deleteReviewQueue"] = NodeKinds.ReviewQueue,
        ["closeReviewQueue"] = NodeKinds.ReviewQueue,
        ["updateReviewQueue"] = NodeKinds.ReviewQueue,
        ["reviewQueue"] = NodeKinds.ReviewQueue,
        ["undoReview"] = NodeKinds.Review,
        ["finishReview"] = NodeKinds.Review,
        ["requestExtraReview"] = NodeKinds.ReviewItem,
        ["revealItem"] = NodeKinds.ReviewItem,
        ["resolveComment"] = NodeKinds.Comment,
        ["updateComment"] = NodeKinds.Comment,
        ["deleteComment"] = NodeKinds.Comment,
        ["updateDatasetItem"] = NodeKinds.DatasetItem,
        ["dataset"] = NodeKinds.Dataset,
        ["trace"] = NodeKinds.Trace,
    };

    public static IEnumerable<string> All =>
        ByName.Values.Concat(ByField.Values).Append(NodeKinds.Invitation).Append(NodeKinds.AuditEvent).Append(NodeKinds.PromptVersion).Distinct();

    public static string Of(string field, string input) => input == "id"
        ? ByField.TryGetValue(field, out var byField)
            ? byField
            : throw new InvalidOperationException($"Say in {nameof(IdKinds)} which kind of id {field}(id) takes.")
        : ByName.TryGetValue(input, out var byName)
            ? byName
            : throw new InvalidOperationException($"Say in {nameof(IdKinds)} which kind of id {field}({input}) takes.");
}
