namespace Plumbline.Contracts.Access;

/// <summary>What is written into the audit log, by name. A mutation that is not here says in the tests why it need not be.</summary>
public static class AuditActions
{
    public const string OrganizationCreated = "organization.created";
    public const string OwnerCreated = "owner.created";
    public const string MemberInvited = "member.invited";
    public const string InvitationRevoked = "invitation.revoked";
    public const string JoinRequested = "join.requested";
    public const string JoinConfirmed = "join.confirmed";
    public const string JoinDeclined = "join.declined";
    public const string MemberJoined = "member.joined";
    public const string MemberRemoved = "member.removed";
    public const string ProjectRoleCleared = "member.role.cleared";
    public const string ApiKeyCreated = "apikey.created";
    public const string ApiKeyRevoked = "apikey.revoked";
    public const string ApiKeyTakenOver = "apikey.taken.over";
    public const string PriceSaved = "price.saved";
    public const string ProjectCreated = "project.created";
    public const string ProjectSettingsChanged = "project.settings.changed";
    public const string ProviderSaved = "provider.saved";
    public const string ProviderDeleted = "provider.deleted";
    public const string PromptLabelSet = "prompt.label.set";
    public const string PromptArchived = "prompt.archived";
    public const string PromptRestored = "prompt.restored";
    public const string QueueCreated = "queue.created";
    public const string QueueChanged = "queue.changed";
    public const string QueueClosed = "queue.closed";
    public const string QueueDeleted = "queue.deleted";
    public const string QueueJoined = "queue.joined";
    public const string QueueLeft = "queue.left";
    public const string ItemAdjudicated = "item.adjudicated";
    public const string ItemRevealed = "item.revealed";
    public const string ExtraReviewRequested = "item.extra.requested";
    public const string DatasetCreated = "dataset.created";
    public const string DatasetItemsRemoved = "dataset.items.removed";
    public const string ErasureBegun = "data.erasure.begun";
    public const string DataErased = "data.erased";

    /// <summary>A member got a role.</summary>
    public static string MemberRole(Role role) => $"member.role.{role.ToString().ToLowerInvariant()}";
}
