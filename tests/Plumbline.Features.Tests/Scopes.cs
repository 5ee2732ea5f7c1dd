using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Tests;

/// <summary>Scopes as the gate makes them, for people whom no organization knows.</summary>
internal static class Scopes
{
    public static ProjectScope Of(IGrainFactory grains, ProjectKey project, string? userId, PermissionSet permissions = default) =>
        new(grains, project, userId is null ? Viewer.Anybody : Viewer.Person(userId)) { UserId = userId, Permissions = permissions };
}
