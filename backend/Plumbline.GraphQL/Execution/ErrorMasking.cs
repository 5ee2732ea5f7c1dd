using Microsoft.Extensions.Logging;

namespace Plumbline.GraphQL.Execution;

/// <summary>Turns exceptions into errors for callers: named failures as they are, everything else masked under an id that the log carries.</summary>
internal sealed partial class ErrorMasking(IReadOnlyList<Func<Exception, GraphQLError?>> maps, ILogger<ErrorMasking> logger)
{
    public GraphQLError ToError(Exception exception, string where)
    {
        if (exception is GraphQLException named) return new GraphQLError(named.Code, named.Message) { Extensions = named.Extensions };
        if (exception is ArgumentCoercionException argument) return new GraphQLError(ErrorCodes.BadUserInput, argument.Message);
        if (exception is ExecutionAbortedException aborted) return aborted.Error;
        foreach (var map in maps)
        {
            if (map(exception) is { } mapped) return mapped;
        }
        var id = Guid.CreateVersion7().ToString("N");
        LogFailure(exception, where, id);
        return new GraphQLError(ErrorCodes.Internal, $"Something went wrong on the server; its log says more under {id}.")
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["errorId"] = id },
        };
    }

    [LoggerMessage(1, LogLevel.Error, "{Where} failed ({ErrorId})")]
    private partial void LogFailure(Exception exception, string where, string errorId);
}
