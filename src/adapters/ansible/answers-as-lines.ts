/** What a line of our callback begins with; anything else on stdout is Ansible's. */
export const MARK = 'multiarch-answer '

/** The name that the callback goes by, and that of its file. */
export const CALLBACK = 'multiarch_lines'

/**
 * A callback of Ansible that prints each answer as a line of JSON. Ansible's own `json` callback is part of a collection that is not
 * installed with `ansible-core`, and its text for people differs between versions. Written for Python 2.7 as well, which the first
 * releases run on.
 */
export const ANSWERS_AS_LINES = `from __future__ import (absolute_import, division, print_function)
__metaclass__ = type

DOCUMENTATION = '''
name: ${CALLBACK}
type: stdout
short_description: one line of JSON for each answer
description:
  - One line of JSON for each answer, for a program to read.
'''

import json
import sys

from ansible.plugins.callback import CallbackBase

LONGEST = 2000


def words(value):
    if isinstance(value, (list, tuple)):
        return '\\n'.join(words(each) for each in value)
    return str(value)[:LONGEST]


def tell(kind, **fields):
    known = dict((key, value) for key, value in fields.items() if value is not None)
    known['kind'] = kind
    sys.stdout.write('${MARK}' + json.dumps(known, sort_keys=True) + '\\n')
    sys.stdout.flush()


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'stdout'
    CALLBACK_NAME = '${CALLBACK}'

    def _answer(self, kind, result, said=None, condition=None):
        task = getattr(result, 'task', None) or result._task
        host = getattr(result, 'host', None) or result._host
        tell(
            kind,
            host=host.get_name(),
            task=words(task.get_name()),
            action=words(task.action),
            at=words(task.get_path()),
            message=None if said is None else words(said),
            condition=None if condition is None else words(condition),
        )

    def _content(self, result):
        found = getattr(result, 'result', None)
        return found if isinstance(found, dict) else result._result

    def v2_runner_on_ok(self, result):
        task = getattr(result, 'task', None) or result._task
        content = self._content(result)
        is_debug = task.action.split('.')[-1] == 'debug'
        if is_debug and 'msg' in content:
            self._answer('told', result, said=content['msg'])
        else:
            self._answer('passed', result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        content = self._content(result)
        failed = [each for each in content.get('results', []) if isinstance(each, dict) and each.get('failed')]
        for each in failed or [content]:
            said = each.get('msg', content.get('msg', ''))
            self._answer('failed', result, said=said, condition=each.get('assertion'))

    def v2_runner_on_skipped(self, result):
        self._answer('skipped', result)

    def v2_runner_on_unreachable(self, result):
        self._answer('unreachable', result, said=self._content(result).get('msg', ''))

    def v2_playbook_on_stats(self, stats):
        tell('end')
`
