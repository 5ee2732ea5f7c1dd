namespace Plumbline.Contracts.Projects;

/// <summary>A project as the API shows it: type Project. Every slice's fields of a project take it as their parent.</summary>
[GenerateSerializer, Alias("ProjectView"), Immutable]
public sealed record ProjectView(
    [property: Id(0)] ProjectKey Key,
    [property: Id(1)] string Slug,
    [property: Id(2)] string Name,
    [property: Id(3)] DateTimeOffset CreatedAt)
{
    public string Id => NodeId.Format(NodeKinds.Project, Key.ToString());
}
