namespace Plumbline.TraceStore;

/// <summary>Answers <see cref="SessionQuery"/>.</summary>
internal static class SessionScan
{
    public static async ValueTask<SessionPage> RunAsync(IReadOnlyList<SegmentView> views, SessionQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        TraceScan.Check(query.First, options);
        var sessions = await GatherAsync(views, query, cancellationToken).ConfigureAwait(false);
        var page = First(sessions, query);
        return new SessionPage([.. page.Take(query.First).Select(s => new SessionHit(s.Summary(), Cursor.FormatSession(s.Last, s.Id)))], page.Length > query.First);
    }

    // Keeps the page while going over all, so that not all are sorted.
    private static Session[] First(List<Session> sessions, SessionQuery query)
    {
        var after = query.After is null ? default((long LastSeen, string SessionId)?) : Cursor.ParseSession(query.After);
        var page = new List<Session>(query.First + 2);
        foreach (var session in sessions)
        {
            if (page.Count > query.First && session.Last < page[^1].Last) continue;
            if (after is { } a && (session.Last > a.LastSeen || (session.Last == a.LastSeen && string.CompareOrdinal(session.Id, a.SessionId) <= 0))) continue;
            var at = page.BinarySearch(session, Newest);
            page.Insert(at < 0 ? ~at : at, session);
            if (page.Count > query.First + 1) page.RemoveAt(page.Count - 1);
        }
        return [.. page];
    }

    private static readonly Comparer<Session> Newest = Comparer<Session>.Create((x, y) => x.Last != y.Last ? y.Last.CompareTo(x.Last) : string.CompareOrdinal(x.Id, y.Id));

    private static async ValueTask<List<Session>> GatherAsync(IReadOnlyList<SegmentView> views, SessionQuery query, CancellationToken cancellationToken)
    {
        var ids = new Utf8Interner();
        var sessions = new List<Session>();
        var fields = new FieldSet();
        TracePlan.Fields(query.Where, ref fields);
        foreach (var view in views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!view.Overlaps(query.Where?.Range)) continue;
            await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
            var test = await TracePlan.BuildAsync(query.Where, view, cancellationToken).ConfigureAwait(false);
            var rows = (await Scope.TracesAsync(view, query.Exclude, cancellationToken).ConfigureAwait(false)).And(test.Upper);
            await GatherAsync(view, rows, test, ids, sessions, cancellationToken).ConfigureAwait(false);
        }
        return sessions;
    }

    private static async ValueTask GatherAsync(SegmentView view, Bitmap rows, RowTest test, Utf8Interner ids, List<Session> sessions, CancellationToken cancellationToken)
    {
        var column = view.Column(TraceCode.Session);
        var known = new Dictionary<int, Session>();
        for (var trace = 0; trace < rows.Length; trace++)
        {
            var code = rows[trace] ? column[trace] : 0;
            if (code == 0 || !(test.IsExact || await test.PassesAsync(trace, cancellationToken).ConfigureAwait(false))) continue;
            if (!known.TryGetValue(code, out var session)) known[code] = session = SessionOf(column.Values, code, ids, sessions);
            session.Add(view, trace);
        }
    }

    private static Session SessionOf(Utf8Dictionary values, int code, Utf8Interner ids, List<Session> sessions)
    {
        var index = ids.Intern(values[code]) - 1;
        if (index == sessions.Count) sessions.Add(new Session(values, code));
        return sessions[index];
    }

    private sealed class Session(Utf8Dictionary values, int code)
    {
        private string? _id;
        private (CodeColumn Column, int Code) _userCode;
        private long _first = long.MaxValue;
        private long _userSeen = long.MinValue;
        private int _traces;
        private long? _cost;
        private TokenSums _tokens;

        public string Id => _id ??= values.Text(code)!;

        public long Last { get; private set; } = long.MinValue;

        public void Add(SegmentView view, int trace)
        {
            var start = view.Column(TraceNumber.Start)[trace];
            _first = Math.Min(_first, start);
            Last = Math.Max(Last, start);
            _traces++;
            _tokens = StatsRow.Sum(_tokens, Summaries.Tokens(view, trace));
            if (Summaries.Known(view.Column(TraceNumber.Cost)[trace]) is { } cost) _cost = (_cost ?? 0) + cost;
            var users = view.Column(TraceCode.User);
            if (users[trace] == 0 || start < _userSeen) return;
            // Of two users at the same moment the same one is named every time.
            if (start == _userSeen && users.Values[users[trace]].SequenceCompareTo(_userCode.Column.Values[_userCode.Code]) <= 0) return;
            (_userSeen, _userCode) = (start, (users, users[trace]));
        }

        public SessionSummary Summary() => new(Id, _userCode.Column?.Values.Text(_userCode.Code), _first, Last, _traces, _tokens, _cost);
    }
}
