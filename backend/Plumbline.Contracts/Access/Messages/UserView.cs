namespace Plumbline.Contracts.Access;

/// <summary>A person as the API shows them: type User.</summary>
[GenerateSerializer, Alias("UserView"), Immutable]
public sealed record UserView(
    [property: Id(0)] string UserId,
    [property: Id(1)] string Email,
    [property: Id(2)] string Name,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] string? AvatarUrl = null)
{
    public string Id => NodeId.Format(NodeKinds.User, UserId);
}
