using System.Text.RegularExpressions;
using Plumbline.Contracts.Access;
using Plumbline.Testing;
using Plumbline.Testing.Api;
using static Plumbline.Contracts.Access.AuditActions;

namespace Plumbline.Host.Tests.Isolation;

/// <summary>Every change leaves an entry in the audit log, or there is a reason why it need not.</summary>
public sealed partial class AuditedMutationTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Kept = "The thing itself names who did it and when, and stays.";
    private const string Own = "It is one's own work, which the queue keeps with its time.";

    private static readonly Dictionary<string, string[]> Audited = new()
    {
        ["createOrganization"] = [OrganizationCreated],
        ["inviteMember"] = [MemberInvited],
        ["acceptInvitation"] = [MemberJoined],
        ["setMemberRole"] = [.. Enum.GetValues<Role>().Select(MemberRole)],
        ["clearProjectRole"] = [ProjectRoleCleared],
        ["removeMember"] = [MemberRemoved, ApiKeyTakenOver],
        ["revokeInvitation"] = [InvitationRevoked],
        ["requestToJoin"] = [JoinRequested],
        ["confirmJoinRequest"] = [JoinConfirmed],
        ["declineJoinRequest"] = [JoinDeclined],
        ["saveModelPrice"] = [PriceSaved],
        ["createProject"] = [ProjectCreated],
        ["updateProjectSettings"] = [ProjectSettingsChanged],
        ["createApiKey"] = [ApiKeyCreated],
        ["revokeApiKey"] = [ApiKeyRevoked],
        ["saveModelProvider"] = [ProviderSaved],
        ["deleteModelProvider"] = [ProviderDeleted],
        ["eraseData"] = [ErasureBegun, DataErased],
        ["setPromptLabel"] = [PromptLabelSet],
        ["archivePrompt"] = [PromptArchived],
        ["restorePrompt"] = [PromptRestored],
        ["loadSampleProject"] = [QueueCreated],
        ["createReviewQueue"] = [QueueCreated],
        ["updateReviewQueue"] = [QueueChanged],
        ["deleteReviewQueue"] = [QueueDeleted],
        ["closeReviewQueue"] = [QueueClosed],
        ["joinReviewQueue"] = [QueueJoined],
        ["leaveReviewQueue"] = [QueueLeft],
        ["adjudicate"] = [ItemAdjudicated],
        ["requestExtraReview"] = [ExtraReviewRequested],
        ["revealItem"] = [ItemRevealed],
        ["createDataset"] = [DatasetCreated],
        ["removeDatasetItems"] = [DatasetItemsRemoved],
    };

    private static readonly Dictionary<string, string> NotAudited = new()
    {
        ["saveSsoConnection"] = "It is not served.",
        ["deleteSsoConnection"] = "It is not served.",
        ["savePromptVersion"] = Kept,
        ["snapshotDataset"] = Kept,
        ["addToDataset"] = "Items are added and nothing goes; what is removed is audited.",
        ["updateDatasetItem"] = "The versions of a dataset show what an item was.",
        ["startPlaygroundRun"] = Kept,
        ["cancelPlaygroundRun"] = "The run says that it was cancelled.",
        ["addToReviewQueue"] = "Items are added and nothing goes; the queue keeps who added them.",
        ["claimNextReview"] = Own,
        ["submitReview"] = Own,
        ["skipReview"] = Own,
        ["undoReview"] = Own,
        ["finishReview"] = Own,
        ["reviseReview"] = Own,
        ["addComment"] = Kept,
        ["updateComment"] = Kept,
        ["resolveComment"] = Kept,
        ["deleteComment"] = "What remains of a comment says that it was deleted.",
    };

    [Fact]
    public void EveryMutation_IsAudited_OrHasAReason()
    {
        Assert.Empty(Audited.Keys.Intersect(NotAudited.Keys));
        Assert.Equal(Mutations().Order(), Audited.Keys.Concat(NotAudited.Keys).Order());
    }

    [Fact]
    public void EveryAction_IsOfAMutation_OrOfTheFirstOwner()
    {
        var actions = typeof(AuditActions).GetFields().Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal([OwnerCreated], actions.Except(Audited.Values.SelectMany(a => a)));
    }

    /// <summary>What else is audited is seen where each change is repeated after its answer was lost.</summary>
    [Fact]
    public async Task Datasets_ThatAreMadeAndLoseItems_LeaveEntries()
    {
        var dataset = await server.Project.DatasetAsync("Refunds");
        await dataset.AddItemsAsync(new { inputs = "a" });
        var itemIds = (await dataset.ItemsAsync()).Select(i => i.Text("id"));
        await server.Owner.DoAsync("removeDatasetItems", new { datasetId = dataset.Id, itemIds });

        var log = await server.Owner.QueryAsync("{ organization(slug: \"acme\") { auditLog(first: 10) { nodes { action target } } } }");
        var entries = log.At("organization.auditLog.nodes").EnumerateArray()
            .Where(e => e.GetProperty("target").GetString() == dataset.Id);
        Assert.Equal([DatasetItemsRemoved, DatasetCreated], entries.Select(e => e.GetProperty("action").GetString()));
    }

    private static string[] Mutations()
    {
        using var schema = new StreamReader(typeof(NotImplementedFields).Assembly.GetManifestResourceStream("schema.graphql")!);
        var type = MutationType().Match(schema.ReadToEnd()).Groups["fields"].Value;
        return [.. Field().Matches(type).Select(m => m.Groups["name"].Value)];
    }

    [GeneratedRegex(@"^type Mutation \{(?<fields>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex MutationType();

    [GeneratedRegex(@"^  (?<name>\w+)\(input:", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Field();
}
