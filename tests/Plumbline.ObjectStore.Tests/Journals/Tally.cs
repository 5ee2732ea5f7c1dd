using System.Text.Json.Serialization;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.ObjectStore.Tests.Journals;

[JsonDerivedType(typeof(Added), "added")]
[JsonDerivedType(typeof(Removed), "removed")]
public abstract record TallyEvent;

public sealed record Added(string Name, string? Note = null) : TallyEvent;

public sealed record Removed(string Name) : TallyEvent;

/// <summary>The smallest state that shows order, loss and doubling.</summary>
public sealed class Tally : IJournaledState<TallyEvent>
{
    public List<string> Names { get; set; } = [];

    public int Events { get; set; }

    public void Apply(TallyEvent happened)
    {
        Events++;
        if (happened is Added added) Names.Add(added.Name);
        if (happened is Removed removed) Names.Remove(removed.Name);
    }
}
