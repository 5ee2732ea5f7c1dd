using System.Collections.Concurrent;
using Plumbline.Contracts;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>One world of a pair as it is on the server: a project, the ids of what is in it by names that are the same in both worlds, and its keys.</summary>
internal sealed record Site(Plan Plan, int Side, string Name, string ProjectId)
{
    public ProjectKey Project { get; } = NodeId.ParseProject(ProjectId);

    /// <summary>What each thing is called in both worlds, "kind name", and its id here.</summary>
    public SortedDictionary<string, string> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the things that others are in: of a comment, its trace.</summary>
    public Dictionary<string, string> Parents { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, HttpClient> Keys { get; } = new();

    /// <summary>Tells when somebody has begun to watch the traces.</summary>
    public required Watches Watches { get; init; }

    public World World => new(Name, Project, ProjectId, Ids);

    /// <summary>How often something was asked for that brings new spans along: as often in both worlds.</summary>
    public int Rounds { get; set; }

    public string Trace(PlannedTrace trace) => NodeId.Format(NodeKinds.Trace, Project, trace.TraceId);

    public string Span(PlannedTrace trace) => NodeId.Format(NodeKinds.Span, Project, $"{trace.TraceId}/{trace.RootId}");

    public string Queue(PlannedQueue queue) => Ids[$"queue {queue.Name}"];

    public void Know(string name, string id, string? parent = null)
    {
        Ids[name] = id;
        if (parent is not null) Parents[name] = parent;
    }

    /// <summary>Gives what exists in the other world alone an id that looks like it and is of nothing: that it is not there may not show.</summary>
    public void MakeUp(Site other)
    {
        foreach (var name in other.Ids.Keys.Except(Ids.Keys).ToList())
        {
            var parent = Ids[other.Parents[name]];
            var key = NodeId.Parse(parent, other.Parents[name].Split(' ')[0]);
            Ids[name] = NodeId.Format(name.Split(' ')[0], $"{key}/{RandomId.New()}");
        }
    }
}
