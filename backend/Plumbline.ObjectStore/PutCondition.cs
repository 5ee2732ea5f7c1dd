namespace Plumbline.ObjectStore;

/// <summary>What must hold for a put to happen. The default asks for nothing.</summary>
public readonly record struct PutCondition
{
    private PutCondition(string? ifMatch, bool ifMissing) => (IfMatch, IfMissing) = (ifMatch, ifMissing);

    /// <summary>The entity tag that the object must have; null when not asked for.</summary>
    public string? IfMatch { get; }

    /// <summary>Whether the object must be missing.</summary>
    public bool IfMissing { get; }

    /// <summary>Writes in any case.</summary>
    public static PutCondition None => default;

    /// <summary>Writes when there is no such object yet.</summary>
    public static PutCondition Missing { get; } = new(null, ifMissing: true);

    /// <summary>Writes when the object still has this entity tag.</summary>
    public static PutCondition Matches(string etag) => new(etag, ifMissing: false);

    /// <summary>Whether an object with this tag (null: a missing one) may be written.</summary>
    public bool Holds(string? currentETag) => IfMissing ? currentETag is null : IfMatch is null || IfMatch == currentETag;
}
