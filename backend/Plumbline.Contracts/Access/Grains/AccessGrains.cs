namespace Plumbline.Contracts.Access;

/// <summary>The grains of this slice, for callers who were let in.</summary>
public static class AccessGrains
{
    public static IProjectApiKeysGrain Keys(this ProjectScope scope) => scope.Grain<IProjectApiKeysGrain>();

    public static IOrganizationGrain Members(this OrganizationScope scope) => scope.Grain<IOrganizationGrain>();

    public static IAuditGrain Audit(this OrganizationScope scope) => scope.Grain<IAuditGrain>();
}
