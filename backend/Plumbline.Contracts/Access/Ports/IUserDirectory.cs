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
