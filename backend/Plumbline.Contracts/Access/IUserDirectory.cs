namespace Plumbline.Contracts.Access;

/// <summary>People by id, for showing who did something. Says nothing about what they may do.</summary>
public interface IUserDirectory
{
    /// <summary>A person, or for the actor id of a key a stand-in that carries the key's name. Ids that nobody has any more get a stand-in
    /// too, so authorship never vanishes.</summary>
    ValueTask<UserView> GetAsync(string actorId, CancellationToken cancellationToken);

    /// <summary>The same for many, in the order asked.</summary>
    ValueTask<IReadOnlyList<UserView>> GetManyAsync(IReadOnlyCollection<string> actorIds, CancellationToken cancellationToken);
}

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
