namespace Plumbline.Contracts.Access;

/// <summary>Whose eyes something is read with: what they are still to judge is kept from them. A key reads with the eyes of the person it acts
/// for. Where there is no such person, as with a key that nobody made or whose maker has left, it is <see cref="Anybody"/>.</summary>
public readonly record struct Viewer
{
    private Viewer(string personId) => PersonId = personId;

    /// <summary>No one in particular, which is the strictest: whatever somebody in the project is still to judge is kept from them.</summary>
    public static Viewer Anybody => default;

    /// <summary>The person, or null for <see cref="Anybody"/>.</summary>
    public string? PersonId { get; }

    /// <summary>One person.</summary>
    public static Viewer Person(string userId) => new(userId);
}
