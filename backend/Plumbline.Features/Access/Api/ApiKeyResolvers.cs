using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Access.Api;

internal sealed record CreateApiKeyInput(
    string ProjectId, string Name, IReadOnlyList<ApiKeyScope> Scopes, string? Environment, DateTimeOffset? ExpiresAt,
    string? RequestId = null);

internal sealed record CreatedApiKeyPayload(ApiKeyView ApiKey, string Secret);

internal sealed record ApiKeyPayload(ApiKeyView ApiKey);

[ResolversFor("Project")]
internal sealed class ProjectApiKeyResolvers(IAccessControl access)
{
    public async Task<IReadOnlyList<ApiKeyView>> ApiKeys([Parent] ProjectView project, Caller caller, CancellationToken cancellationToken)
    {
        var scope = await access.RequireAsync(caller, project.Key, Permission.ManageKeys, cancellationToken);
        return await scope.Keys().ListAsync();
    }
}

[ResolversFor("Mutation")]
internal sealed class ApiKeyMutations(IAccessControl access, IAuditLog audit, TimeProvider clock)
{
    private const int LongestEnvironment = 100;

    public async Task<CreatedApiKeyPayload> CreateApiKey(CreateApiKeyInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var scope = await access.RequireAsync(caller, project, Permission.ManageKeys, cancellationToken);
        var request = RequestKey.Of(caller, project.ToString(), "createApiKey", input.RequestId, input);
        var secret = Secrets.NewApiKey();
        var key = new NewApiKey(
            project, request?.Id ?? RandomId.New(), DisplayName.Require(input.Name, "an API key"), Secrets.ShownPrefix(secret),
            Scopes(input.Scopes, scope))
        {
            Environment = Environment(input.Environment),
            ExpiresAt = Expiry(input.ExpiresAt),
            CreatedById = caller.ActorId,
            ActsForId = caller.UserId ?? caller.OnBehalfOf,
            Request = request,
        };
        var view = await scope.Keys().CreateAsync(Secrets.Hash(secret), key);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ApiKeyCreated, view.Id, project) with { Once = view.KeyId },
            cancellationToken);
        return new CreatedApiKeyPayload(view, secret);
    }

    public async Task<ApiKeyPayload> RevokeApiKey(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, keyId) = NodeId.ParseInProject(input.Id, NodeKinds.ApiKey);
        var scope = await access.RequireAsync(caller, project, Permission.ManageKeys, cancellationToken);
        var view = await scope.Keys().RevokeAsync(keyId) ?? throw Failure.NotFound();
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.ApiKeyRevoked, view.Id, project) with { Once = view.KeyId },
            cancellationToken);
        return new ApiKeyPayload(view);
    }

    /// <summary>Nobody gives away more than they have.</summary>
    private static ImmutableArray<ApiKeyScope> Scopes(IReadOnlyList<ApiKeyScope> wanted, ProjectScope maker)
    {
        if (wanted.Count == 0) throw Failure.BadInput("An API key needs at least one scope.");
        foreach (var scope in wanted)
            if (RolePermissions.Of(scope).Without(maker.Permissions) != PermissionSet.None)
                throw Failure.Forbidden($"You cannot give a key the scope {NameOf(scope)}, which allows more than you may do here.");
        // Whoever holds the key may be anybody, a reviewer too: what they would read is for an administrator to judge.
        if (wanted.Contains(ApiKeyScope.ReadReviews) && !maker.Has(Permission.ManageProject))
            throw Failure.Forbidden("The scope READ_REVIEWS is given by owners and admins: whoever holds such a key reads what reviewers said.");
        return [.. wanted.Distinct().Order()];
    }

    private static string NameOf(ApiKeyScope scope) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(scope.ToString());

    private static string? Environment(string? environment) => string.IsNullOrWhiteSpace(environment)
        ? null
        : environment.Trim() is { Length: <= LongestEnvironment } name
            ? name
            : throw Failure.BadInput($"The environment's name is longer than {LongestEnvironment} characters.");

    private DateTimeOffset? Expiry(DateTimeOffset? expiresAt) => expiresAt is null || expiresAt > clock.GetUtcNow()
        ? expiresAt
        : throw Failure.BadInput("expiresAt is in the past; leave it out for a key that does not expire.");
}
