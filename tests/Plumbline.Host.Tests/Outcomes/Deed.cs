namespace Plumbline.Host.Tests.Outcomes;

/// <summary>Why a mutation can be repeated.</summary>
public enum Repeat
{
    /// <summary>It makes something new each time, unless its input carries a requestId.</summary>
    ByRequestId,

    /// <summary>It brings about what its input says: the same again is there already.</summary>
    ByContent,

    /// <summary>It takes something away, which is gone when it is repeated: NOT_FOUND, or success where nothing in particular was named.</summary>
    ByBeingGone,
}

/// <summary>A mutation, how it is asked for, and how to see that it was done once.</summary>
/// <param name="Mutation">Its name.</param>
/// <param name="Repeat">Why it can be repeated.</param>
/// <param name="Reason">The same in words, for whoever reads the list.</param>
internal sealed record Deed(string Mutation, Repeat Repeat, string Reason)
{
    /// <summary>What is asked of the answer. Ids are: a repeat has to name the same things.</summary>
    public required string Answer { get; init; }

    /// <summary>Makes what has to be there before, and an input that differs from every other.</summary>
    public required Func<World, Task<Dictionary<string, object?>>> Input { get; init; }

    /// <summary>How often the thing is there.</summary>
    public required Func<World, Dictionary<string, object?>, Task<int>> Count { get; init; }

    /// <summary>How often it is there when the mutation was carried out once.</summary>
    public int Once { get; init; } = 1;

    /// <summary>How many entries the audit log has of it; null for what is not audited, or each time that it is asked for.</summary>
    public Func<World, Dictionary<string, object?>, Task<int>>? Audits { get; init; }

    /// <summary>Who asks; the owner where nothing else is said.</summary>
    public Func<World, HttpClient> By { get; init; } = w => w.Owner;

    /// <summary>Asks for something else in the same place; for mutations that take a requestId.</summary>
    public Action<Dictionary<string, object?>>? Change { get; init; }

    /// <summary>It takes so long that each kind of call is lost once instead of each call in every way.</summary>
    public bool IsLong { get; init; }

    /// <summary>The name of the mutation's input type.</summary>
    public required string InputType { get; init; }

    public string Document => $"mutation($input: {InputType}!) {{ {Mutation}(input: $input) {{ {Answer} }} }}";

    public override string ToString() => Mutation;
}
