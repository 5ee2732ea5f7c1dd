namespace Plumbline.Contracts.Grains;

/// <summary>What may be called by somebody who has not been let in by a tenant. On an interface: the grain's key is no tenant's. On a
/// method: it tells whether somebody belongs to the tenant, or makes the tenant. Every other call is refused unless its caller acts for the
/// tenant that the key begins with.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method)]
public sealed class AcrossTenantsAttribute : Attribute;
