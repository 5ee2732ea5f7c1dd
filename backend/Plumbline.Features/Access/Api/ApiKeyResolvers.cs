using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Features.Access.Control;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.Features.Kernel.Loaders;
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

[ResolversFor("ApiKey")]
internal sealed class ApiKeyResolvers
{
    /// <summary>A person, or a key by its name; nobody made the key of an unattended install.</summary>
    public async Task<UserView?> CreatedBy([Parent] ApiKeyView key, UserLoader users) =>
        IsPerson(key.CreatedById) || KeyDescent.ParentId(key.CreatedById, key.Project) is not null ? await users.GetAsync(key.CreatedById) : null;

    public async Task<UserView?> ActsFor([Parent] ApiKeyView key, UserLoader users) =>
        key.ActsForId is { } person ? await users.GetAsync(person) : null;

    public async Task<bool> MakerHasLeft([Parent] ApiKeyView key, MemberLoader members) =>
        (IsPerson(key.CreatedById) ? key.CreatedById : key.ActsForId) is { } maker && !await members.LoadAsync((key.Project.Organization, maker));

    /// <summary>Which key was used when an output was made tells whose it is.</summary>
    public async Task<DateTimeOffset?> LastUsedAt([Parent] ApiKeyView key, PendingLoader pending) =>
        await pending.LoadAsync(key.Project) ? null : key.LastUsedAt;

    public Task<bool> LastUseHidden([Parent] ApiKeyView key, PendingLoader pending) => pending.LoadAsync(key.Project);

    private static bool IsPerson(string actorId) => RandomId.IsWellFormed(actorId);
}

/// <summary>Whether somebody is a member of an organization now.</summary>
internal sealed class MemberLoader(IOrganizationDirectory organizations) : BatchLoader<(string Organization, string UserId), bool>
{
    protected override async Task<IReadOnlyDictionary<(string Organization, string UserId), bool>> LoadBatchAsync(
        IReadOnlyList<(string Organization, string UserId)> keys, CancellationToken cancellationToken)
    {
        var members = new Dictionary<(string Organization, string UserId), bool>();
        foreach (var organization in keys.GroupBy(k => k.Organization, k => k.UserId))
            foreach (var member in await organizations.AmongAsync(organization.Key, [.. organization], cancellationToken))
                members[(organization.Key, member)] = true;
        return members;
    }
}

[ResolversFor("Mutation")]
internal sealed class ApiKeyMutations(IAccessControl access, IAuditLog audit, TimeProvider clock)
{
    private const int LongestEnvironment = 100;
    private static readonly ApiKeyScope[] PeopleOnly = [ApiKeyScope.Admin, ApiKeyScope.ReadReviews];

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
        var revoked = await scope.Keys().RevokeAsync(keyId);
        if (revoked.IsEmpty) throw Failure.NotFound();
        foreach (var key in revoked)
            await audit.AppendAsync(
                project.Organization, AuditEntry.By(caller, AuditActions.ApiKeyRevoked, key.Id, project) with { Once = key.KeyId },
                cancellationToken);
        return new ApiKeyPayload(revoked[0]);
    }

    /// <summary>Nobody gives away more than they have.</summary>
    private static ImmutableArray<ApiKeyScope> Scopes(IReadOnlyList<ApiKeyScope> wanted, ProjectScope maker)
    {
        if (wanted.Count == 0) throw Failure.BadInput("An API key needs at least one scope.");
        foreach (var scope in wanted)
            if (RolePermissions.Of(scope).Without(maker.Permissions) != PermissionSet.None)
                throw Failure.Forbidden($"You cannot give a key the scope {NameOf(scope)}, which allows more than you may do here.");
        if (!maker.Permissions.MayHold([.. wanted]))
            throw Failure.Forbidden("The scope READ_REVIEWS is given by owners and admins: whoever holds such a key reads what reviewers said.");
        // What a key makes is made by whoever has got hold of it: keys that make keys, or that read what people said, are made by people.
        foreach (var given in PeopleOnly)
            if (maker.UserId is null && wanted.Contains(given))
                throw Failure.Forbidden($"Keys with the scope {NameOf(given)} are made by people, not by keys: sign in.");
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
