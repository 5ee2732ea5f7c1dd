namespace Plumbline.Contracts.Access;

/// <summary>A tenant as the API shows it: type Organization.</summary>
[GenerateSerializer, Alias("OrganizationView"), Immutable]
public sealed record OrganizationView(
    [property: Id(0)] string OrganizationId,
    [property: Id(1)] string Slug,
    [property: Id(2)] string Name)
{
    public string Id => NodeId.Format(NodeKinds.Organization, OrganizationId);
}
