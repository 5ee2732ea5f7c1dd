namespace Plumbline.Contracts.Access;

/// <summary>What becomes of the keys of somebody who may do less from now on.</summary>
/// <param name="ToUserId">The member whose keys they are from now on; null: they are revoked.</param>
/// <param name="Address">The network address the change came from, for the audit log.</param>
[GenerateSerializer, Alias("KeyHandover"), Immutable]
public sealed record KeyHandover([property: Id(0)] string? ToUserId, [property: Id(1)] string? Address);

/// <summary>Somebody who wants in.</summary>
/// <param name="UserId">A person who is signed in, or has just been made.</param>
/// <param name="Email">The address of their account.</param>
[GenerateSerializer, Alias("Joiner"), Immutable]
public sealed record Joiner([property: Id(0)] string UserId, [property: Id(1)] string Email);

/// <summary>A person who is in.</summary>
/// <param name="ByThis">They came in by this invitation, now or a short while ago; else they were a member before, and it is still open.</param>
[GenerateSerializer, Alias("Joined"), Immutable]
public sealed record Joined([property: Id(0)] MembershipView Membership, [property: Id(1)] bool ByThis);

[GenerateSerializer, Alias("NewOrganization"), Immutable]
public sealed record NewOrganization([property: Id(0)] string Slug, [property: Id(1)] string Name, [property: Id(2)] string? OwnerId)
{
    /// <summary>The request that makes it, whose id it gets; null for a random one.</summary>
    [Id(3)] public RequestKey? Request { get; init; }
}

/// <summary>An invitation that is about to be made.</summary>
/// <param name="Id">A random id.</param>
/// <param name="TokenHash">SHA-256 (hex) of the token in the link.</param>
[GenerateSerializer, Alias("NewInvitation"), Immutable]
public sealed record NewInvitation([property: Id(0)] string Id, [property: Id(1)] string Email, [property: Id(2)] Role Role, [property: Id(3)] string TokenHash)
{
    /// <summary>The request that makes it; null when its client has not named it.</summary>
    [Id(4)] public RequestKey? Request { get; init; }
}
