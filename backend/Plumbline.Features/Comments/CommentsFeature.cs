using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Comments.Api;
using Plumbline.Features.Comments.Grains;
using Plumbline.GraphQL;

namespace Plumbline.Features.Comments;

/// <summary>What people say to each other about traces.</summary>
public static class CommentsFeature
{
    /// <summary>Adds the slice. Needs the grain runtime, an object store, <see cref="TimeProvider"/>, Access, Traces and Reviews.</summary>
    public static IServiceCollection AddComments(this IServiceCollection services)
    {
        services.AddOptions<CommentsOptions>();
        services.AddSingleton<CommentDirectory>();
        services.AddSingleton<ITraceHolder, HeldByComments>();
        services.AddSingleton<CommentGate>();
        services.AddSingleton<INodeResolver, CommentNode>();
        return services;
    }

    /// <summary>Binds the slice's part of the schema.</summary>
    public static GraphQLBuilder AddComments(this GraphQLBuilder graph) => graph
        .AddResolvers<TraceCommentResolvers>()
        .AddResolvers<CommentResolvers>()
        .AddResolvers<CommentMutations>()
        .BindType<CommentView>("Comment");
}
