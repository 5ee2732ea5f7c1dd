using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;

namespace Plumbline.Features.Projects.State;

/// <summary>What is kept of a project.</summary>
[GenerateSerializer, Alias("ProjectState"), Immutable]
internal sealed record ProjectState
{
    [Id(0)] public string Slug { get; init; } = "";

    [Id(1)] public string Name { get; init; } = "";

    [Id(2)] public DateTimeOffset CreatedAt { get; init; }

    [Id(3)] public ProjectSettings Settings { get; init; } = new();

    /// <summary><see cref="RequestKey.Content"/> of the request that made it.</summary>
    [Id(4)] public string? RequestContent { get; init; }

    internal bool Exists => Slug.Length > 0;

    public ProjectView View(ProjectKey key) => new(key, Slug, Name, CreatedAt);
}

/// <summary>The projects of an organization and their slugs.</summary>
[GenerateSerializer, Alias("OrganizationProjectsState"), Immutable]
internal sealed record OrganizationProjectsState
{
    [Id(0)] public ImmutableArray<ProjectEntry> Projects { get; init; } = [];

    public ProjectEntry? Find(string slug) => Projects.FirstOrDefault(p => p.Slug == slug);

    public ProjectEntry? FindById(string? projectId) => Projects.FirstOrDefault(p => p.ProjectId == projectId);
}

/// <summary>A project's id and slug.</summary>
[GenerateSerializer, Alias("ProjectEntry"), Immutable]
internal sealed record ProjectEntry([property: Id(0)] string ProjectId, [property: Id(1)] string Slug);
